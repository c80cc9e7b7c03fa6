// Door of the day at a glance, and of the sums that it is read from.

export { todayRoutes } from './routes.ts';
export { tallyPaid } from './tally-paid.ts';
