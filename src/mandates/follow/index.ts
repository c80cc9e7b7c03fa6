// Door of following: who looks at which debits, what is coming, what a month came to, and what persons do by hand.

export { registerActCommands, type ActParts } from './act-commands.ts';
export { DebitAnswer } from './answer-schema.ts';
export { registerLookCommands } from './commands.ts';
export { endKind, type EndTools } from './end-kind.ts';
export { DebitParams } from './schema.ts';
export { debitRoutes } from './routes.ts';
export { showDebit, type FollowTools } from './show-debit.ts';
