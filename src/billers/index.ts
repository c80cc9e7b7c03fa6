// Door of the billers room.

export type { AmountPolicy, Biller, Names, PenaltyComponent } from './biller.ts';
export { loadBillers } from './store.ts';
