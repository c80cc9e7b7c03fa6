// Door of the mandates room: what payers let agencies collect from their accounts.

export { bookDebit, bookDebits, bookingMetrics, returnKind, type BookingTools } from './booking/index.ts';
export { demandRoutes, type DemandTools } from './demand/index.ts';
export {
  debitRoutes,
  endKind,
  registerActCommands as registerDebitActCommands,
  registerLookCommands as registerDebitLookCommands,
  type ActParts,
  type EndTools,
} from './follow/index.ts';
export {
  BankLines,
  bankLinkMetrics,
  bankLinkSweep,
  mandateOrderKind,
  registerBankLinkCommands,
  setBankLink,
  statusOfMandates,
  sweepBankLinks,
  type BankLinkParts,
  type BankLinkWish,
  type LineParts,
} from './bank-link/index.ts';
export {
  expireMandates,
  mandateKind,
  mandateRoutes,
  registerMandateCommands,
  type DecisionTools,
  type ExpiryParts,
} from './mandates/index.ts';
export { heldKind } from './holds/index.ts';
export { planDebits, planningSweep, type PlanningParts } from './planning/index.ts';
export {
  buildDebits,
  buildSome,
  debitKind,
  fileSome,
  makeDebitFiles,
  moveDays,
  reviewDebits,
  reviewSweep,
  sendingMetrics,
  tellSent,
  tellSome,
  unansweredSweep,
  unservedSweep,
  type SendParts,
} from './sending/index.ts';
