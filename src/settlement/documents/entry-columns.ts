// What the detail of a settlement says of each line: one line for each bill of a payment, a reversal or a rejection,
// and one for each adjustment. Amounts are signed: what the biller gets is positive. Fees stand on a payment's first
// line. The amounts of the lines that are not `credited` add up to gross less reversed plus adjusted.

export const ENTRY_COLUMNS = [
  'paymentId',
  'receiptNumber',
  'acceptedAt',
  'kind',
  'reference',
  'channel',
  'outletKind',
  'outletId',
  'method',
  'route',
  'billNumber',
  'payerId',
  'unit',
  'service',
  'budgetLine',
  'amount',
  'payerFee',
  'billerFee',
  'tax',
  'commission',
  'currency',
  'businessDate',
  'credited',
  'note',
] as const;
export type EntryColumn = (typeof ENTRY_COLUMNS)[number];
