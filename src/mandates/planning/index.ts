// Door of planning: which bills are collected on which day, in which debits.

export { firstDay, sendDay } from './collection-day.ts';
export { planningSweep, type PlanningParts } from './jobs.ts';
export { factsOf } from './plan-facts.ts';
export { leadOf, type PlanFacts, type PlannedDebit } from './plan-lot.ts';
export { planDebits } from './plan-debits.ts';
export { wouldPlan } from './would-plan.ts';
export type { PlanParts } from './plan-parts.ts';
export { canComeOn, retryChances, type RetryChance } from './store-chances.ts';
