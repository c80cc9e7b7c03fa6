// Door of the database plumbing.

export {
  CommitLost,
  openDatabase,
  txOf,
  type Database,
  type DatabaseOptions,
  type Statement,
  type Tx,
} from './database.ts';
export { lookUpByKeys } from './by-keys.ts';
export { copyOut } from './copy-out.ts';
export { migrate, pendingMigrations } from './migrate.ts';
export { documentsOf, jsonDocuments, plainArray, textArray } from './array-literal.ts';
export { rowSource, type Column, type RowSource, type Shape } from './row-source.ts';
export { BEGIN_LOOKUPS, BEGIN_NOTES, Session } from './session.ts';
export { isConflict, isConnectionLoss, isUnavailable, sqlStateOf } from './sql-state.ts';
export { watchTransactions } from './watch-transactions.ts';
