// Door of the ISO 20022 dialect: orders to banks (pain.001.001.09, pain.008.001.08), requests for mandates
// (pain.009.001.05) and the banks' answers (pain.002, pain.012); and the banks' side of it, for banks that are played.

export { debitWriter } from './debit-writer.ts';
export { mandateAnswerWriter } from './mandate-answer-writer.ts';
export { mandateRequestWriter } from './mandate-request-writer.ts';
export { orderWriter } from './order-writer.ts';
export { readDebitOrders } from './read-debit-orders.ts';
export { readMandateAnswers } from './read-mandate-answers.ts';
export { readMandateRequests, type HeardRequests } from './read-mandate-requests.ts';
export { readOrderStatus } from './read-order-status.ts';
export { writeStatus, type SaidStanding } from './status-writer.ts';
