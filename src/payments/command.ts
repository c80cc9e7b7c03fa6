// One intention to pay, read and checked as far as a request can be checked without the database. What the
// caller's reference stands for is its fingerprint: biller, set of (bill, amount), method (api.md).

import type { Quote } from '../bills/index.ts';
import type { Word } from '../bills/link/index.ts';
import type { Method, OutletKind, Route } from '../channels/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';

export interface Item {
  /** As the caller wrote it: a bill number or a pay code. */
  readonly billNumber: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** undefined: none named; 'invalid': a token that is not ours or was altered. */
  readonly quote: Quote | 'invalid' | undefined;
  /** The bills of a pay code, in its order; undefined for a plain bill. */
  readonly members: readonly string[] | undefined;
}

export interface PaymentCommand {
  readonly channelId: number;
  readonly billerId: number;
  readonly reference: string;
  readonly items: readonly Item[];
  readonly method: Method;
  readonly outletKind: OutletKind | undefined;
  /** As the caller wrote it; what the books keep is the instant. */
  readonly occurredAt: string;
  readonly occurredInstant: string;
  readonly feeMinor: bigint | undefined;
  readonly cashHeld: boolean;
  /** Outlet, instrument and payer as the caller sent them. */
  readonly details: PaymentDetails;
  /** The same as JSON, or null when nothing was sent. */
  readonly detailsText: string | null;
  readonly fingerprint: string;
  /** The date that the amount due goes by where it is not that of acceptance: of a deposit when the bank booked it. */
  readonly paidOn?: BusinessDate;
  /** A debit: the payer's bank has taken the money. No limit of the channel and no end of its agreement stops it, and what would be the payer's fee is the biller's. */
  readonly isCollected?: boolean;
  /** Where its money lies already; else as the agreement has it. */
  readonly route?: Route;
  /** What a linked agency says of the bills, by number: why those that are closed here cannot be paid. */
  readonly words?: ReadonlyMap<string, Word>;
  /** RFC 3339: the agency did not answer, and its word of then is what the payment goes by. */
  readonly agencySaidAt?: string;
}

export interface PaymentDetails {
  readonly outlet?: unknown;
  readonly instrument?: unknown;
  readonly payer?: unknown;
}

/** The bills that a command would pay. */
export function billNumbersOf(command: PaymentCommand): string[] {
  return command.items.flatMap((item) => item.members ?? [item.billNumber]);
}
