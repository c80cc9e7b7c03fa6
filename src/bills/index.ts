// Door of the bills room: intake, inquiry, what a bill asks for, and the statements of the pay path.

export { amountDue, effectiveStatus, type AmountDue, type BillFacts, type BillStatus } from './amount-due.ts';
export { checkAmount, type AmountBounds } from './amount-policy.ts';
export { effectiveDueOn, penaltyOn, type Lateness } from './penalty.ts';
export { openQuote, signQuote, type Quote } from './quote.ts';
export {
  lockBills,
  markPaidSql,
  storedBill,
  type BillKey,
  type LockedBill,
  type StoredBill,
} from './store-pay.ts';
export { readPayCodes, type PayCodeMembers } from './store-pay-code.ts';
export { BillNumber, Contact, Money } from './schema.ts';
export { CODE, DATE, LONGEST_NAME, ONE_LINE } from './text-forms.ts';
export { cancelBill } from './cancel-bill.ts';
export { importBillFile, type BillImport, type ImportedFile } from './import-bill-file.ts';
export type { NumberedBillBody } from './schema.ts';
export { billRoutes, type BillTools } from './routes.ts';
export {
  openBillFileQueue,
  sweepBillFiles,
  workOnBillFiles,
  type BillFileJobParts,
  type BillFileQueue,
} from './jobs.ts';
export { registerBillCommands } from './commands.ts';
