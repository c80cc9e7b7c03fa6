// What the pages read of reports that are made when they are asked for.

import type { Amount } from '../words/show.ts';

export interface DailyTotals {
  readonly payments: number;
  readonly bills: number;
  readonly gross: Amount;
  readonly reversals: number;
  readonly reversed: Amount;
  readonly adjusted: Amount;
  readonly net: Amount;
  readonly direct: Amount;
  readonly credited: Amount;
  readonly payerFees: Amount;
  readonly billerFees: Amount;
}

export const DAILY_SPLITS = ['channels', 'methods', 'units'] as const;

type Keyed = DailyTotals & { readonly key: string };

export interface DailyReport extends Readonly<Record<(typeof DAILY_SPLITS)[number], readonly Keyed[]>> {
  readonly asOf: string;
  readonly state: 'not-opened' | 'open' | 'sealed';
  readonly cutOffAt: string | null;
  readonly sealedAt: string | null;
  readonly settlementId: string | null;
  readonly totals: DailyTotals;
}

export interface Speed {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export interface PerformanceReport {
  readonly timeZone: string;
  readonly volumes: readonly {
    readonly date: string;
    readonly payments: number;
    readonly amount: Amount;
    readonly credited: number;
    readonly reversed: number;
  }[];
  readonly refusals: readonly {
    readonly code: string;
    readonly count: number;
    readonly failure: boolean;
  }[];
  readonly payments: Speed;
  readonly inquiries: Speed;
  readonly confirmations: Speed & { readonly aside: number };
  /** Shares of one. */
  readonly availability: { readonly up: number | null; readonly answered: number | null };
}

export interface PayerReport {
  readonly payerName: string;
  readonly items: readonly {
    readonly businessDate: string;
    readonly paymentId: string;
    readonly receiptNumber: string;
    readonly channelCode: string;
    readonly billNumber: string;
    readonly amount: Amount;
    readonly status: string;
    readonly endedOn: string | null;
  }[];
  readonly paid: Amount;
  readonly reversed: Amount;
  readonly stands: Amount;
  readonly credit: Amount;
}
