// What a line of a statement may be found to be (docs/statements.md); null in the rows: it waits.

export const LINE_OUTCOMES = [
  'remittance',
  'order-total',
  'returned',
  'debit',
  'debit-total',
  'debit-returned',
  'channel',
  'top-up',
  'charge',
  'direct',
  'deposit',
  'suspense',
  'repeated',
  'reversed',
  'other',
  'break',
] as const;
export type LineOutcome = (typeof LINE_OUTCOMES)[number];
