// A file that a bank answered with: its bytes are kept first, and the same bytes are one file however often they come.
// Then what it says is given to the kinds of the orders that it names, once, in one transaction. What is not ours to know
// is told and not guessed.

import { newId } from '../kernel/ids.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import {
  outcomeOf,
  sumOf,
  tookEffect,
  type AnswerOutcome,
  type BankAnswer,
  type TakenAnswer,
} from './bank-answer.ts';
import { tellWithBank } from './leave.ts';
import { kindOf, type OrderFile, type OrderKinds } from './order-kind.ts';
import type { OrderStatus, ReadStatus, StatusReader } from './order-status.ts';
import { placeUnnamed } from './place-unnamed.ts';
import { keepAnswer, lockAnswer, noteOutcome } from './store-answer.ts';
import { lockNamed } from './store-order-file.ts';
import { noteDecided } from './store-progress.ts';
import { businessNow } from './store-time.ts';

export interface AnswerTools {
  readonly database: Database;
  /** Seals the bytes, which name accounts. */
  readonly masterKey: Buffer;
  readonly reader: StatusReader;
  readonly kinds: OrderKinds;
}

const OF_OPERATOR = 0;

/** Locks the order files that it names, then what their kinds lock. */
export async function takeBankAnswer(
  { database, masterKey, reader, kinds }: AnswerTools,
  answer: BankAnswer,
): Promise<TakenAnswer> {
  const status = await reader(answer.bytes);
  const answerId = await database.transaction((tx) =>
    keepAnswer(tx, masterKey, { ...answer, newId: (atMs) => newId(atMs, OF_OPERATOR) }),
  );
  return database.transaction(async (tx) => {
    const earlier = await lockAnswer(tx, answerId);
    // What came to nothing, in the folder of another bank perhaps, may be brought again.
    if (earlier !== null && tookEffect(earlier)) return { answerId, known: true, outcome: earlier };
    const outcome = await apply(tx, kinds, status, answer);
    await noteOutcome(tx, answerId, outcome);
    return { answerId, known: false, outcome };
  });
}

async function apply(
  tx: Tx,
  kinds: OrderKinds,
  status: ReadStatus,
  { accountId, bankId }: BankAnswer,
): Promise<AnswerOutcome> {
  if (!status.ok) return outcomeOf({ refused: status.reason });
  const { found, unknown } = await placeUnnamed(tx, kinds, status.unnamed ?? []);
  const byOrder = new Map<string, OrderStatus[]>();
  for (const each of [...status.statuses, ...found]) {
    const known = byOrder.get(each.orderMessageId);
    if (known === undefined) byOrder.set(each.orderMessageId, [each]);
    else known.push(each);
  }
  const files = await lockNamed(tx, [...byOrder.keys()]);
  const isOurs = (file: OrderFile): boolean =>
    (accountId === null || file.accountId === accountId) && (bankId === null || file.bankId === bankId);
  let outcome = outcomeOf({ unknown });
  for (const [messageId, statuses] of byOrder) {
    const file = files.get(messageId);
    const one =
      file !== undefined && isOurs(file)
        ? await applyTo(tx, kinds, file, statuses)
        : outcomeOf({ unknown: [messageId] });
    outcome = sumOf(outcome, one);
  }
  return outcome;
}

/** Whoever answers has the order, if it was offered; of one that never was nothing is believed. */
async function applyTo(
  tx: Tx,
  kinds: OrderKinds,
  file: OrderFile,
  statuses: readonly OrderStatus[],
): Promise<AnswerOutcome> {
  if (file.stands === 'made') return outcomeOf({ conflicts: [file.messageId] });
  const kind = kindOf(kinds, file);
  await kind.lockForAnswer?.(tx, file);
  const isNew = file.stands === 'offered';
  if (isNew) await tellWithBank(tx, kinds, file, 'the bank answered before it was noted');
  const now = await businessNow(tx);
  const at = isNew ? new Date(now.getTime() + 1) : now;
  const { outcome, rejected } = await kind.answered(tx, file, { statuses, at });
  if (outcome.accepted + outcome.rejected > 0)
    await noteDecided(
      tx,
      file.fileId,
      rejected === 0 ? 'accepted' : rejected === file.transactions ? 'rejected' : 'partly',
    );
  return outcome;
}
