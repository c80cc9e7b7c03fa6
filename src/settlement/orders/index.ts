// Door of the orders: what goes to banks and what comes back.

export type { AnswerOutcome, BankAnswer, TakenAnswer } from './bank-answer.ts';
export { registerOrderCommands } from './commands.ts';
export { handOver, type HandOverParts } from './hand-over.ts';
export { handOverParts, sweepRemittances, type RemittanceParts } from './jobs.ts';
export { makeOrders, previewOrders, type OrderParts } from './make-orders.ts';
export {
  LARGEST_ANSWER_BYTES,
  paymentIdOf,
  type OrderParty,
  type OrderStatus,
  type OrderWriter,
  type PaymentOrder,
  type ReadStatus,
  type Standing,
  type StatusReader,
  type Transfer,
  type TransferStanding,
  type Verdict,
} from './order.ts';
export { orderMetrics } from './order-metrics.ts';
export type { OrderMade } from './store-order-file.ts';
export { sweepAnswers } from './sweep-answers.ts';
export { takeBankAnswer } from './take-bank-answer.ts';
