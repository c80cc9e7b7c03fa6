// A file that a bank answered with: its bytes are kept first, and the same bytes are one file however often they come.
// Then what it says is applied once, in one transaction: rejected transfers come back, accepted ones are noted, and what
// is not ours to know is told and not guessed.

import { hash } from 'node:crypto';
import { newId } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { applyStatus } from './apply-status.ts';
import { NOTHING, type AnswerOutcome, type BankAnswer, type TakenAnswer } from './bank-answer.ts';
import type { ReadStatus, StatusReader } from './order.ts';
import { keepAnswer, lockAnswer, noteOutcome } from './store-answer.ts';
import { findOrderFile } from './store-answered.ts';

const OF_OPERATOR = 0;

/** Locks the open days of the billers concerned (shared), remittances and balances. */
export async function takeBankAnswer(
  database: Database,
  read: StatusReader,
  answer: BankAnswer,
): Promise<TakenAnswer> {
  const sha256 = hash('sha256', answer.bytes, 'buffer');
  const status = read(answer.bytes);
  const answerId = await database.transaction((tx) =>
    keepAnswer(tx, { ...answer, sha256, newId: (atMs) => newId(atMs, OF_OPERATOR) }),
  );
  return database.transaction(async (tx) => {
    const earlier = await lockAnswer(tx, answerId);
    if (earlier !== null) return { answerId, known: true, outcome: earlier };
    const outcome = await apply(tx, status, answer.accountId);
    await noteOutcome(tx, answerId, outcome);
    return { answerId, known: false, outcome };
  });
}

async function apply(tx: Tx, status: ReadStatus, accountId: number | null): Promise<AnswerOutcome> {
  if (!status.ok) return { ...NOTHING, refused: status.reason };
  let outcome = NOTHING;
  for (const each of status.statuses) {
    const file = await findOrderFile(tx, each.orderMessageId);
    const isOurs = file !== undefined && (accountId === null || file.accountId === accountId);
    outcome = sum(outcome, isOurs ? await applyStatus(tx, file, each) : { unknown: [each.orderMessageId] });
  }
  return outcome;
}

function sum(one: AnswerOutcome, other: Partial<AnswerOutcome>): AnswerOutcome {
  return {
    refused: null,
    accepted: one.accepted + (other.accepted ?? 0),
    rejected: one.rejected + (other.rejected ?? 0),
    undecided: one.undecided + (other.undecided ?? 0),
    unknown: [...one.unknown, ...(other.unknown ?? [])],
    conflicts: [...one.conflicts, ...(other.conflicts ?? [])],
  };
}
