// One intention to pay, read and checked as far as a request can be checked without the database. What the
// caller's reference stands for is its fingerprint: biller, set of (bill, amount), method (api.md).

import type { Quote } from '../bills/index.ts';
import type { Word } from '../bills/link/index.ts';
import type { Method, OutletKind } from '../channels/index.ts';

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
