// A file that a bank answered with: its bytes are kept first, and the same bytes are one file however often they come.
// Then what it says is applied once, in one transaction: rejected transfers come back, accepted ones are noted, and what
// is not ours to know is told and not guessed.

import { hash } from 'node:crypto';
import { newId } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { applyStatus } from './apply-status.ts';
import {
  outcomeOf,
  sumOf,
  tookEffect,
  type AnswerOutcome,
  type BankAnswer,
  type TakenAnswer,
} from './bank-answer.ts';
import type { OrderStatus, ReadStatus, StatusReader } from './order.ts';
import { keepAnswer, lockAnswer, noteOutcome } from './store-answer.ts';
import { lockOrderFiles, type OrderFile } from './store-answered.ts';

const OF_OPERATOR = 0;

/** Locks the order files that it names, the open days of their billers (shared), remittances and balances. */
export async function takeBankAnswer(
  database: Database,
  read: StatusReader,
  answer: BankAnswer,
): Promise<TakenAnswer> {
  const sha256 = hash('sha256', answer.bytes, 'buffer');
  const status = await read(answer.bytes);
  const answerId = await database.transaction((tx) =>
    keepAnswer(tx, { ...answer, sha256, newId: (atMs) => newId(atMs, OF_OPERATOR) }),
  );
  return database.transaction(async (tx) => {
    const earlier = await lockAnswer(tx, answerId);
    // What came to nothing, in the folder of another bank perhaps, may be brought again.
    if (earlier !== null && tookEffect(earlier)) return { answerId, known: true, outcome: earlier };
    const outcome = await apply(tx, status, answer);
    await noteOutcome(tx, answerId, outcome);
    return { answerId, known: false, outcome };
  });
}

async function apply(tx: Tx, status: ReadStatus, { accountId, bankId }: BankAnswer): Promise<AnswerOutcome> {
  if (!status.ok) return outcomeOf({ refused: status.reason });
  const byOrder = new Map<string, OrderStatus[]>();
  for (const each of status.statuses) {
    const known = byOrder.get(each.orderMessageId);
    if (known === undefined) byOrder.set(each.orderMessageId, [each]);
    else known.push(each);
  }
  const files = await lockOrderFiles(tx, [...byOrder.keys()]);
  const isOurs = (file: OrderFile): boolean =>
    (accountId === null || file.accountId === accountId) && (bankId === null || file.bankId === bankId);
  let outcome = outcomeOf({});
  for (const [messageId, statuses] of byOrder) {
    const file = files.get(messageId);
    const one =
      file !== undefined && isOurs(file)
        ? await applyStatus(tx, file, statuses)
        : outcomeOf({ unknown: [messageId] });
    outcome = sumOf(outcome, one);
  }
  return outcome;
}
