// Door of debits at the payer's word.

export type { DemandTools } from './demand-debit.ts';
export { demandRoutes } from './routes.ts';
