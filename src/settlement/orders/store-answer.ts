// SQL of the files that banks answer with: kept by their digest, worked through once.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { AnswerOutcome, BankAnswer } from './bank-answer.ts';

/** The id under which these bytes are kept, now or since they first came. */
export async function keepAnswer(
  tx: Tx,
  answer: BankAnswer & { readonly sha256: Buffer; readonly newId: (atMs: number) => Uuid },
): Promise<Uuid> {
  const [time] = await tx.query<{ now: Date }>('select business_now() as now');
  if (time === undefined) throw new Error('business_now() gave no row');
  await tx.query(
    `insert into bank_answer (answer_id, account_id, sha256, name, bytes, received_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (sha256) do nothing`,
    [
      answer.newId(time.now.getTime()),
      answer.accountId,
      answer.sha256,
      answer.name.slice(0, 255),
      answer.bytes,
      time.now,
    ],
  );
  const [row] = await tx.query<{ answer_id: Uuid }>('select answer_id from bank_answer where sha256 = $1', [
    answer.sha256,
  ]);
  if (row === undefined) throw new Error('the answer was not kept');
  return row.answer_id;
}

/** What came of it; null: nothing yet, and it is this transaction's turn. */
export async function lockAnswer(tx: Tx, answerId: Uuid): Promise<AnswerOutcome | null> {
  const [row] = await tx.query<{ outcome: AnswerOutcome | null }>(
    'select outcome from bank_answer where answer_id = $1 for update',
    [answerId],
  );
  return row?.outcome ?? null;
}

export async function noteOutcome(tx: Tx, answerId: Uuid, outcome: AnswerOutcome): Promise<void> {
  await tx.query('update bank_answer set outcome = $2 where answer_id = $1', [
    answerId,
    JSON.stringify(outcome),
  ]);
}

/** Not the books' time: files bear the real one. */
export async function realTimeMs(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ now: Date }>('select clock_timestamp() as now');
  return row?.now.getTime() ?? 0;
}
