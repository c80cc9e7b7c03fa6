// Door of the debits' core: what a debit and its files are, how it moves from state to state, what banks say of it.

export { again } from './again.ts';
export { collectableMinor } from './collectable.ts';
export { creditorOf, NO_OWN_ACCOUNT, NO_TERMS, ultimateCreditorOf } from './creditor.ts';
export type { Debit, DebitBill, DebitCause, DebitRef } from './debit.ts';
export type { DebitFileWriter, DebitOrderFile, FiledDebit } from './debit-file.ts';
export { debitOf, endToEndIdOf } from './debit-ids.ts';
export type {
  MandateAnswer,
  MandateAnswerFile,
  MandateAnswerReader,
  MandateAnswerWriter,
  MandateReport,
  MandateRequest,
  MandateRequestFile,
  MandateRequestWriter,
  ReadMandateAnswers,
} from './mandate-request.ts';
export type { DebitMove, MovedBy, MovedDay } from './debit-move.ts';
export {
  announceDebits,
  giveUpRetries,
  moveDebits,
  refusedWith,
  retryDebit,
  tellHeld,
  tellReduced,
  type ToldBefore,
} from './move-debits.ts';
export { announceMoved, moveToDays, movedWords } from './move-to-days.ts';
export { noteWords } from './note-words.ts';
export { causes, reasonOf, type Cause, type DebitReason } from './reasons.ts';
export { inWords, wordsFor, type ReasonLanguage } from './reason-words.ts';
export { COUNTED, DEBIT_STATES, LIVE, UNSENT, type DebitState } from './states.ts';
export { apiChannels } from './store-ways.ts';
export { DEBIT_COLUMNS, lockDebits, payerWith, toDebit, type DebitRow } from './store-debit.ts';
export { insertDebitSteps } from './store-move.ts';
export { shownAccounts } from './store-words.ts';
export { notePlanned, putDebitTerms, readDebitTerms, type DebitTerms } from './store-terms.ts';
export { judge, type DebitWord, type Noted, type WordVerdict } from './word.ts';
