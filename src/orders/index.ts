// Door of the orders: files to banks, each handed over exactly once into a folder or an SFTP account, and what banks answer
// to them. What a file says and what follows from an answer is of its kind; this room knows none.
//
// A new kind, in a room above this one:
//  1. its own tables hold what it orders; what stands in a file bears the `file_id`, its state, and an end-to-end id;
//  2. it makes a file in one transaction: locks what is due, writes it by a dialect's writer with `messageIdOf(fileId)`
//     and one payment block `paymentIdOf(messageId)`, calls `insertOrderFile` with its `kind`, marks what stands in it;
//  3. it exports an `OrderKind` and is registered in src/order-kinds.ts. `leaveOf` has the last word before the bank has
//     the file, `handedOver` follows once, `answered` for every answer; `weighWords` says what an answer says of each
//     transaction, all its reports together. What names no order of any kind stays `unknown`: kept, and told to a person;
//  4. the worker makes its files before `sweepOrders`; the reader of answers (src/dialects) learns the message that
//     answers it, as `OrderStatus`. docs/remittances.md says how operations watch files of all kinds.

export { outcomeOf, type AnswerOutcome, type BankAnswer, type TakenAnswer } from './bank-answer.ts';
export { openBankPlace } from './bank-place.ts';
export { registerAnswerCommands } from './commands.ts';
export { fetchAnswers } from './fetch-answers.ts';
export { handOver, type HandOverParts } from './hand-over.ts';
export { handOverParts, sweepOrders, type CarryParts } from './jobs.ts';
export { messageIdOf, paymentIdOf } from './order-ids.ts';
export type { Answered, Leave, OrderFile, OrderKind, OrderKinds, Said } from './order-kind.ts';
export { orderMetrics } from './order-metrics.ts';
export type { OrderParty } from './order-party.ts';
export {
  LARGEST_ANSWER_BYTES,
  type OrderStatus,
  type ReadStatus,
  type Standing,
  type StatusReader,
  type TransactionStanding,
  type UnnamedWord,
  type Verdict,
} from './order-status.ts';
export { PickupSchema } from './pickup.ts';
export { pickUpAll, type PickUpParts } from './pick-up.ts';
export { setBankAnswers } from './set-answers.ts';
export { filesUnderway, insertOrderFile, type NewOrderFile } from './store-order-file.ts';
export { realTimeMs } from './store-time.ts';
export { sweepAnswers } from './sweep-answers.ts';
export { takeBankAnswer, type AnswerTools } from './take-bank-answer.ts';
export { weighWords, type Weighed } from './weigh-words.ts';
