// Door of the mandates' own part: opened, validated, accepted, held, ended.

export { registerMandateCommands } from './commands.ts';
export { accountSealId, type Mandate } from './mandate.ts';
export { shownMandate } from './requests.ts';
export { findMandate, toMandate, type MandateRow } from './store-mandate.ts';
export { takeBankWord, type BankWord } from './validate.ts';
export type { StepBy } from './take-step.ts';
export { mandateKind } from './decision-kind.ts';
export { expireMandates, type ExpiryParts } from './expire.ts';
export { mandateRoutes } from './routes.ts';
export { type DecisionTools } from './decide.ts';
export type { MandateState } from './states.ts';
export { seenMandate } from './change.ts';
export type { MandateTools } from './create.ts';
export { differingField, fingerprintOf } from './fingerprint.ts';
export { readCovers } from './store-cover.ts';
export { mandateCaller, readMandateId, wrongState, type MandateCaller } from './who-may.ts';
