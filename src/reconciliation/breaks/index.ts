// Door of the breaks: what two sides do not say alike, until persons have resolved it.

export { BREAK_RESOLUTION } from './ask-resolution.ts';
export { BREAK_KINDS, type BreakKind, type FoundBreak } from './break.ts';
export { registerBreakCommands } from './commands.ts';
export { bookOnChannel, bookResolution, charge, owedOn } from './resolutions/charge.ts';
export { impossible, malformed } from './find-resolution.ts';
export { breakMetrics } from './metrics.ts';
export type { BookedJournal, CarriedOut, Carrying, Resolution, Resolutions } from './resolution.ts';
export { breakResolutionKind } from './resolution-kind.ts';
export { breakRoutes } from './routes.ts';
export { said, type Said } from './said.ts';
export { readBreakLife, type BreakLife } from './show-break.ts';
export { insertBreakStep, lockBreak, type StoredBreak } from './store-break.ts';
export { endBreaks } from './store-end.ts';
export { openBreaks } from './store-open.ts';
export { breakResolutions } from './table.ts';
export type { BreakTools, ResolutionTools } from './tools.ts';
