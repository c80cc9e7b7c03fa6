// Door of the documents of a settlement: made once after its close, frozen, downloaded.

export { isNamed } from './byte-range.ts';
export { registerReportCommand } from './commands.ts';
export { MEDIA_TYPES } from './document.ts';
export { openDocumentQueue, sweepDocuments, workOnDocuments, type DocumentQueue } from './jobs.ts';
export { makeDocuments } from './make-documents.ts';
export { documentRoutes, type DocumentTools } from './routes.ts';
export { amountIn, nameIn, periodIn } from './words/index.ts';
