// Door of the database plumbing.

export { openDatabase, txOf, type Database, type DatabaseOptions, type Tx } from './database.ts';
export { migrate, pendingMigrations } from './migrate.ts';
export { plainArray, textArray } from './array-literal.ts';
export { Session, type Statement } from './session.ts';
export { isConflict, isConnectionLoss, sqlStateOf } from './sql-state.ts';
