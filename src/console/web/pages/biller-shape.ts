// An agency's configuration as the API gives it.

import type { Tone } from '../parts/shown.tsx';
import type { Names } from '../words/name-in.ts';

export type HolidayState = 'tentative' | 'confirmed' | 'struck';

export interface Holiday {
  readonly onDate: string;
  readonly name: string;
  readonly state: HolidayState;
}

export interface Account {
  readonly unit: string;
  readonly version: number;
  readonly holder: string;
  readonly number: string;
  readonly endedAt: string | null;
}

export interface Biller {
  readonly billerCode: string;
  readonly names: Names;
  readonly kind: string;
  readonly currency: string;
  readonly policy: string;
  readonly timeZone: string;
  readonly cutOff: string;
  readonly remittanceDays: number;
  readonly feesSettled: string;
  readonly reversalMinutes: number;
  readonly approveAbove: string;
  readonly holidays: readonly Holiday[];
  readonly accounts: readonly Account[];
  readonly agreements: readonly Agreement[];
  /** ISO weekdays: Monday is 1. */
  readonly weekend: readonly number[];
}

export interface TariffLine {
  readonly flat?: string;
  readonly percent?: string;
  readonly min?: string;
  readonly max?: string;
  readonly from?: string;
  readonly to?: string;
  readonly methods?: readonly string[];
  readonly outletKinds?: readonly string[];
  readonly per?: 'bill' | 'payment';
  readonly bearer?: 'payer' | 'biller' | 'shared';
  readonly payerPercent?: string;
}

export interface Terms {
  readonly route: string;
  readonly fees?: readonly TariffLine[];
  readonly commission?: readonly TariffLine[];
  readonly taxPercent?: string;
}

export interface Agreement {
  readonly channelCode: string;
  readonly channelName: Names;
  readonly version: number;
  readonly recordedAt: string;
  readonly terms: Terms | null;
}

export const HOLIDAY_TONES: Readonly<Record<HolidayState, Tone>> = {
  tentative: 'wait',
  confirmed: 'good',
  struck: 'quiet',
};
