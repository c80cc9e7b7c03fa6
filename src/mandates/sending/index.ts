// Door of sending: planned debits become orders to banks, and what banks answer to their files is noted.

export { buildDebits } from './build-debits.ts';
export { debitKind } from './debit-kind.ts';
export { buildSome, fileSome, reviewSweep, tellSome } from './jobs.ts';
export { makeDebitFiles } from './make-files.ts';
export { moveDays } from './move-days.ts';
export { sendingMetrics } from './metrics.ts';
export { reviewDebits } from './review.ts';
export type { SendParts } from './send-parts.ts';
export { tellSent } from './tell-sent.ts';
export { servedRoutes } from './routes-served.ts';
export { ANSWER_DAYS, answeredBy, unansweredSweep } from './unanswered.ts';
export { unservedSweep } from './unserved.ts';
export { WHY_NOT_SENT, whyNotSent } from './why-waits.ts';
export { lockBillsOf } from './store-build.ts';
