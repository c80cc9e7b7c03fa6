// Door of the reports that are made when they are asked for, and of the counts that they are made from.

export { registerReportCommands } from './commands.ts';
export { countService, keepServiceCounts } from './count-answers.ts';
export { countAnswers, refusalsOf, speedOf } from './performance.ts';
export { Speed } from './performance-schema.ts';
export { reportRoutes, type ReportTools } from './routes.ts';
export { ServiceCounts } from './service-counts.ts';
export type { ServiceRow } from './store-answers.ts';
export { spanFault } from './span.ts';
export { tallyConfirmations } from './tally-confirmations.ts';
