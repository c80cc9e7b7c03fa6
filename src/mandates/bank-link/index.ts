// Door of the links to banks of payers: how they are told of mandates, and what they say.

export { BankLines, type LineParts } from './bank-lines.ts';
export { callDebit } from './call-debits.ts';
export { registerBankLinkCommands } from './commands.ts';
export { bankLinkSweep, sweepBankLinks, type BankLinkParts } from './jobs.ts';
export { mandateOrderKind } from './mandate-order-kind.ts';
export { bankLinkMetrics } from './metrics.ts';
export { statusOfMandates } from './status-of-mandates.ts';
export { noteSaid } from './note-said.ts';
export { apiLink, readyCall, type ReadyCall } from './ready-call.ts';
export { setBankLink, type BankLinkWish } from './set-link.ts';
