// Door of the desk: what support and operators ask of the books.

export { checkBooks, INVARIANTS, readBooks, type BookFinding, type InvariantReport } from './books.ts';
export { registerDeskCommands } from './commands.ts';
export { trace, type Trace } from './trace.ts';
export { tellTrace } from './tell-trace.ts';
