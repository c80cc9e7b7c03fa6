// Which direct payments a line of the biller's own account proves: one payment that it names, what a debit that it names has
// paid or lost, one date of the channel of exactly its amount, or the oldest open dates that add up to it (weekends, and
// what was taken back). Pure.

import type { Uuid } from '../../kernel/ids.ts';

/** A date of a channel that is not proved: `minor` is what is open, below zero when more was taken back than paid. */
export interface OpenDate {
  readonly channelId: number;
  readonly businessDate: string;
  readonly minor: bigint;
  /** A line has proved all of it that names none of its debits. */
  readonly byTotal?: boolean;
}

/** A payment that a line names. */
export interface NamedPayment {
  readonly paymentId: Uuid;
  readonly channelId: number;
  readonly businessDate: string;
  readonly amountMinor: bigint;
}

export interface Proof {
  readonly channelId: number;
  readonly businessDate: string;
  readonly paymentId: Uuid | null;
  readonly minor: bigint;
}

/** `open` of one channel, the oldest first. undefined: nothing adds up to `minor`. */
export function provedDates(open: readonly OpenDate[], minor: bigint): Proof[] | undefined {
  const one = open.find((date) => date.minor === minor);
  if (one !== undefined) return [proofOf(one)];
  let sum = 0n;
  for (const [at, date] of open.entries()) {
    sum += date.minor;
    if (sum === minor) return open.slice(0, at + 1).map(proofOf);
  }
  return undefined;
}

/** A payment is proved as long as its date is open by as much. */
export function provedPayment(
  open: readonly OpenDate[],
  payments: readonly NamedPayment[],
  minor: bigint,
): Proof[] | undefined {
  const fitting = payments.filter(({ amountMinor }) => amountMinor === minor);
  const [payment, ...others] = fitting;
  if (payment === undefined || others.length > 0) return undefined;
  const { paymentId, channelId, businessDate } = payment;
  const date = open.find((each) => each.channelId === channelId && each.businessDate === businessDate);
  if (date === undefined || date.minor < minor) return undefined;
  return [{ channelId, businessDate, paymentId, minor }];
}

/** What a debit has paid, or what was undone of it (null), on a date of its channel. */
export type DebitPart = Omit<NamedPayment, 'paymentId'> & { readonly paymentId: Uuid | null };

/**
 * All of what lines name, which together is `minor`: each proves its own part of its date, whatever else came and went on
 * it. undefined: it is not `minor`, or a date is not closed, or was proved as a total.
 */
export function provedParts(
  dates: readonly OpenDate[],
  parts: readonly DebitPart[],
  minor: bigint,
): Proof[] | undefined {
  const known = new Map(dates.map((date) => [dateKey(date), date]));
  const proofs = new Map<string, Proof>();
  let sum = 0n;
  for (const part of parts) {
    const date = known.get(dateKey(part));
    if (date === undefined || date.byTotal === true) return undefined;
    const { channelId, businessDate, paymentId, amountMinor } = part;
    const key = `${dateKey(part)} ${paymentId ?? ''}`;
    const before = proofs.get(key)?.minor ?? 0n;
    proofs.set(key, { channelId, businessDate, paymentId, minor: before + amountMinor });
    sum += amountMinor;
  }
  return parts.length > 0 && sum === minor ? [...proofs.values()] : undefined;
}

function dateKey({ channelId, businessDate }: Pick<OpenDate, 'channelId' | 'businessDate'>): string {
  return `${channelId} ${businessDate}`;
}

function proofOf({ channelId, businessDate, minor }: OpenDate): Proof {
  return { channelId, businessDate, paymentId: null, minor };
}
