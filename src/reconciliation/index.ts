// Door of the reconciliation room: what banks and channels say, held against what was booked.

export { checkSums } from './statements/check-sums.ts';
export { CsvMappingSchema, type CsvColumn, type CsvMapping } from './statements/csv-mapping.ts';
export {
  StatementFault,
  type StatementBalance,
  type StatementForm,
  type StatementHead,
  type StatementLine,
  type StatementPart,
  type StatementTail,
} from './statements/statement.ts';
