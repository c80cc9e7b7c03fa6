// A channel: who takes the payer's money, how it is funded and what it may do; and the agreement that lets it
// take money for one biller. Amounts in minor units.

import type { Names } from '../billers/index.ts';

export type Method = 'cash' | 'account' | 'card' | 'transfer';
export type OutletKind = 'branch' | 'agent' | 'kiosk' | 'atm' | 'pos' | 'web' | 'app';
export type ChannelKind = 'bank' | 'agent' | 'kiosk' | 'atm' | 'web' | 'deposit';
export type Route = 'via-operator' | 'direct';

export const METHODS = ['cash', 'account', 'card', 'transfer'] as const satisfies readonly Method[];
export const OUTLET_KINDS = [
  'branch',
  'agent',
  'kiosk',
  'atm',
  'pos',
  'web',
  'app',
] as const satisfies readonly OutletKind[];

export interface Channel {
  readonly channelId: number;
  readonly code: string;
  readonly name: Names;
  readonly kind: ChannelKind;
  readonly suspended: boolean;
  readonly funding: 'postpaid' | 'prefunded';
  /** Minor units by currency; a currency that is missing has no limit. */
  readonly limitPerPayment: Readonly<Record<string, bigint>>;
  readonly limitPerDay: Readonly<Record<string, bigint>>;
  readonly creditLimit: Readonly<Record<string, bigint>>;
  readonly seesNames: boolean;
  /** Requests a second; 0: the installation's default. */
  readonly rateLimit: number;
}

/**
 * One line of a tariff: applies to the outlet kind, method, amount band [from, to] and dates that it names, any
 * when it names none; the first line that applies is the one. Amounts are decimal strings of the biller's currency.
 */
export interface TariffLine {
  outletKinds?: OutletKind[];
  methods?: Method[];
  from?: string;
  to?: string;
  validFrom?: string;
  validTo?: string;
  flat?: string;
  percent?: string;
  min?: string;
  max?: string;
}

export interface FeeLine extends TariffLine {
  per: 'bill' | 'payment';
  bearer: 'payer' | 'biller' | 'shared';
  /** Share of the payer in percent when shared; his part is rounded down. */
  payerPercent?: string;
}

/** What biller and channel agreed (rules.md, "Fees and commission"). Never changed: a change is a new version. */
export interface Terms {
  route: Route;
  validFrom?: string;
  validTo?: string;
  methods?: Method[];
  outletKinds?: OutletKind[];
  fees?: FeeLine[];
  /** Tax on fees in percent, on top of the tariff and inside the fee that the payer sees. */
  taxPercent?: string;
  commission?: TariffLine[];
}

export interface AgreementVersion {
  readonly version: number;
  readonly recordedAt: Date;
  /** undefined: the agreement has ended. */
  readonly terms: Terms | undefined;
}
