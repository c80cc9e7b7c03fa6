// Door of the bank accounts: the books held against what the bank says.

export { registerBankAccountCommands } from './commands.ts';
export { bankAccountMetrics } from './metrics.ts';
export { bankAccountRoutes } from './routes.ts';
