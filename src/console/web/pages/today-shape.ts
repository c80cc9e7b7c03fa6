// What the pages read of a date at a glance (GET /v1/today).

import type { Amount } from '../words/show.ts';

export interface Part {
  readonly payments: number;
  readonly amount: Amount;
}

export interface Paid {
  readonly currency: string;
  readonly accepted: Part;
  readonly credited: Part;
  readonly reversed: Part;
}

export interface Speed {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

export interface Today {
  readonly asOf: string;
  readonly days: readonly {
    readonly billerCode: string;
    readonly currency: string;
    readonly businessDate: string;
    readonly state: 'not-opened' | 'open' | 'sealed';
    readonly cutOffAt: string | null;
  }[];
  readonly totals: readonly Paid[];
  readonly billers: readonly (Paid & { readonly billerCode: string })[];
  readonly channels: readonly (Paid & { readonly channelCode: string })[];
  readonly hours: readonly (Paid & { readonly hour: string })[];
  readonly refusals:
    readonly { readonly code: string; readonly count: number; readonly failure: boolean }[] | null;
  readonly answers: Speed | null;
  readonly confirmations: (Speed & { readonly aside: number }) | null;
  readonly undelivered: { readonly waiting: number; readonly aside: number; readonly parked: number } | null;
  readonly open: { readonly approvals: number | null; readonly breaks: number };
}

const ORDER = (a: Paid, b: Paid): number => b.accepted.payments - a.accepted.payments;

/** The currency that most was paid in stands first. */
export function currenciesOf({ totals, days }: Today): string[] {
  const paid = [...totals].sort(ORDER).map(({ currency }) => currency);
  return [...new Set([...paid, ...days.map(({ currency }) => currency)])];
}

/** Of a day on which nothing was paid as well. */
export function totalOf({ totals }: Today, currency: string): Paid {
  const none = { payments: 0, amount: { value: '0', currency } };
  return (
    totals.find((each) => each.currency === currency) ?? {
      currency,
      accepted: none,
      credited: none,
      reversed: none,
    }
  );
}

/** Of those that were paid nothing, too. */
export function billersOf({ billers, days, ...today }: Today, currency: string): Today['billers'] {
  const paid = billers.filter((row) => row.currency === currency);
  const others = days.filter(
    ({ billerCode, currency: own }) => own === currency && !paid.some((row) => row.billerCode === billerCode),
  );
  const none = totalOf({ ...today, billers, days, totals: [] }, currency);
  return [...paid, ...others.map(({ billerCode }) => ({ ...none, billerCode }))];
}

/** Of one currency, the largest first. */
export function largestFirst<Row extends Paid>(rows: readonly Row[], currency: string): Row[] {
  return rows
    .filter((row) => row.currency === currency)
    .sort((a, b) => (unitsOf(a.accepted.amount) < unitsOf(b.accepted.amount) ? 1 : -1));
}

/** Per mille of the largest, to be drawn. Amounts of one currency have equally many decimals. */
export function shareOf(part: Amount, largest: Amount): number {
  const all = unitsOf(largest);
  return all === 0n ? 0 : Number((unitsOf(part) * 1000n) / all);
}

function unitsOf({ value }: Amount): bigint {
  return BigInt(value.replace('.', ''));
}
