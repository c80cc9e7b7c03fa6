// What the gateway says of bills.

import type { MoneyText } from '../../../kernel/money.ts';
import type { Answer } from '../reach/call.ts';
import type { Offer } from './book.ts';
import type { CourierParts } from './courier.ts';

export interface Bill {
  readonly billNumber: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly description: string;
  readonly status: 'open' | 'paid' | 'cancelled' | 'expired';
  readonly dueOn: string;
  readonly amountDue: MoneyText | null;
  readonly penalty: MoneyText;
  readonly fee: MoneyText | null;
  readonly total: MoneyText | null;
  readonly policy: 'exact' | 'at-least' | 'between';
  readonly min?: MoneyText;
  readonly max?: MoneyText;
  readonly step?: MoneyText;
  readonly quoteId: string | null;
}

export interface Inquiry {
  readonly stale: boolean;
  readonly credit?: MoneyText;
  readonly bills: readonly Bill[];
}

export type Wish =
  { readonly billNumber: string; readonly amount?: MoneyText } | { readonly payerId: string };

/** As many as a payer looks through on a screen; the oldest come first. */
const MOST_BILLS = 20;

export function inquire(
  ask: CourierParts['ask'],
  { billerCode }: Pick<Offer, 'billerCode'>,
  wish: Wish,
): Promise<Answer<Inquiry>> {
  const outlet = { kind: 'kiosk' };
  const limit = 'payerId' in wish ? { limit: MOST_BILLS } : {};
  const body = { billerCode, ...wish, ...limit, method: 'cash', outlet };
  return ask<Inquiry>({ method: 'POST', path: '/v1/inquiries', body });
}
