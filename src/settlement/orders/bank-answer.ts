// A file that a bank answers with, and what came of it, as values.

import type { Uuid } from '../../kernel/ids.ts';

export interface BankAnswer {
  readonly name: string;
  readonly bytes: Buffer;
  /** The operator's account that it is about, where who brings it says so; else the order tells. */
  readonly accountId: number | null;
}

export interface AnswerOutcome {
  /** Why nothing of it could be read; null: it was. */
  readonly refused: string | null;
  readonly accepted: number;
  readonly rejected: number;
  /** Read and not decided by the bank yet, or said in a word that is not known. */
  readonly undecided: number;
  /** Message ids and end-to-end ids that are none of ours, or of another order or account. */
  readonly unknown: readonly string[];
  /** Rejected by the bank, but confirmed, returned or rejected already: for a person. */
  readonly conflicts: readonly string[];
}

export interface TakenAnswer {
  readonly answerId: Uuid;
  /** The same bytes had come before; nothing was done now. */
  readonly known: boolean;
  readonly outcome: AnswerOutcome;
}

export const NOTHING: AnswerOutcome = {
  refused: null,
  accepted: 0,
  rejected: 0,
  undecided: 0,
  unknown: [],
  conflicts: [],
};
