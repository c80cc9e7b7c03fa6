// What the pages read of settlements and remittances.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';

export interface Sums {
  readonly payments: number;
  readonly bills: number;
  readonly gross: Amount;
  readonly reversals: number;
  readonly reversed: Amount;
  readonly adjustments: number;
  readonly adjusted: Amount;
  readonly direct: { readonly payments: number; readonly gross: Amount };
  readonly credited: { readonly payments: number; readonly amount: Amount };
  readonly payerFees: Amount;
  readonly billerFees: Amount;
  readonly commissions: Amount;
}

export interface Settlement {
  readonly settlementId: string;
  readonly billerCode: string;
  readonly businessDate: string;
  readonly sealedAt: string;
  readonly valueDate: string;
  readonly totals: Sums;
  readonly feesSetOff: Amount;
  readonly carriedIn: Amount;
  readonly carriedOut: Amount;
  readonly net: Amount;
  readonly remitted: Amount;
  readonly digest: string;
}

export interface WholeSettlement extends Settlement {
  readonly splits: readonly (Sums & {
    readonly dimension: string;
    readonly key: string;
    readonly net: Amount;
  })[];
}

export interface Remittance {
  readonly remittanceId: string;
  readonly unit: string | null;
  readonly attempt: number;
  readonly amount: Amount;
  readonly account: string | null;
  readonly state: string;
  readonly held: string | null;
  readonly valueDate: string;
  readonly late: boolean;
  readonly endToEndId: string;
  readonly steps: readonly { readonly state: string; readonly at: string; readonly reason: string | null }[];
}

export const REMITTANCE_TONES: Readonly<Record<string, Tone>> = {
  planned: 'wait',
  approved: 'wait',
  sent: 'wait',
  confirmed: 'good',
  returned: 'bad',
  rejected: 'bad',
};
