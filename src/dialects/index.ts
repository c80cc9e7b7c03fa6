// Door of the dialects: outside protocols, each translated to and from values of the rooms below. A root hands them in.

export {
  debitWriter,
  mandateAnswerWriter,
  mandateRequestWriter,
  orderWriter,
  readDebitOrders,
  readMandateAnswers,
  readMandateRequests,
  readOrderStatus,
  writeStatus,
  type HeardRequests,
  type SaidStanding,
} from './iso20022/index.ts';
export { readStatementFile, type HowToRead } from './statements/read-statement-file.ts';
