// Door of the deposits: money that payers send to the operator's bank, found out by its text and paid like any other.

export { depositResolutions } from './break-resolution.ts';
export { candidatesIn, type Candidate } from './candidates.ts';
export type { DepositLine, Hint, Plan } from './deposit.ts';
export { findPlans } from './find.ts';
export { placeDeposits, type DepositTools } from './place-deposits.ts';
export { placeFromSuspense, type SuspenseWish } from './place-from-suspense.ts';
export { billersServed } from './served.ts';
