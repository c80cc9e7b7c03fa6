// Door of the statements: taken in from banks, read whole, their lines placed.

export { registerStatementCommands, type PartsOf } from './commands.ts';
export { fetchDropped, pickUp } from './fetch-files.ts';
export { importStatements } from './import-file.ts';
export { sweepPickUps, sweepStatements, type StatementJobParts } from './jobs.ts';
export { loadStatementFile, type LoadParts, type LoadPoint } from './load-file.ts';
export type { Placing } from './placing.ts';
export { placeStatements } from './place-lines.ts';
export { lineBreak } from './line-break.ts';
export { receiveStatementFile, type KeepingParts } from './receive-file.ts';
export { statementRoutes } from './routes.ts';
export { setBankStatements, setChannelAccount, showBankStatements } from './set-settings.ts';
export type { Bringing, FileSource, Reading, StatementFile, StatementReader } from './statement-file.ts';
export type { LineOutcome } from './outcomes.ts';
export { parseLineId, showLine, type ShownLine } from './show-line.ts';
export { readStatement, type ShownStatement } from './show-files.ts';
export { readLine } from './store-list-lines.ts';
export { insertMatches, lockThese, noteOutcomes, type Match } from './store-lot.ts';
export { suspendCredits } from './suspend-credits.ts';
export { operatorOf } from './who-sees.ts';
export { watchDirect } from './watch-direct.ts';
export { creditsOf, keyOf, type WaitingLine } from './waiting-line.ts';
export { lineResolutions } from './resolutions/table.ts';
export { deciding, isOurs, isSigned, lineOf, type Deciding, type Way } from './resolutions/decide-line.ts';
