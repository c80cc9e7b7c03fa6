// What the other side says in a break, as far as a resolution goes by it. Whoever finds breaks writes it for persons, so
// what is missing or of another form is simply not said.

import type { Json } from '../../kernel/errors.ts';
import { parseMinor } from '../../kernel/money.ts';

export interface Said {
  readonly billerCode: string | undefined;
  readonly billNumber: string | undefined;
  readonly occurredAt: string | undefined;
  readonly status: string | undefined;
  readonly amountMinor: bigint | undefined;
}

export function said(by: Json, currency: string): Said {
  const fields = typeof by === 'object' && by !== null && !Array.isArray(by) ? Object.entries(by) : [];
  const there = new Map<string, Json>(fields);
  const text = (name: string): string | undefined => {
    const value = there.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    billerCode: text('billerCode'),
    billNumber: text('billNumber'),
    occurredAt: text('occurredAt'),
    status: text('status'),
    amountMinor: amountOf(there.get('amount'), currency),
  };
}

/** `"12.500"`, or `{ "value": "12.500", "currency": "OMR" }` of the same currency. */
function amountOf(amount: Json | undefined, currency: string): bigint | undefined {
  if (typeof amount === 'string') return parseMinor(amount, currency);
  if (typeof amount !== 'object' || amount === null || !('value' in amount)) return undefined;
  if (typeof amount.value !== 'string' || amount.currency !== currency) return undefined;
  return parseMinor(amount.value, currency);
}
