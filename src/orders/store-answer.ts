// SQL of the files that banks answer with: kept sealed, by their digest, worked through once.

import { hash } from 'node:crypto';
import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { AnswerOutcome, BankAnswer } from './bank-answer.ts';
import { sealAnswer } from './sealed-file.ts';
import { businessNow } from './store-time.ts';

/** The id under which these bytes are kept, now or since they first came. */
export async function keepAnswer(
  tx: Tx,
  masterKey: Buffer,
  answer: BankAnswer & { readonly newId: (atMs: number) => Uuid },
): Promise<Uuid> {
  const now = await businessNow(tx);
  const answerId = answer.newId(now.getTime());
  const { sealed, digest } = sealAnswer(masterKey, answerId, answer.bytes);
  // One that a version before has kept in clear goes by the digest of then.
  const digests = [digest, hash('sha256', answer.bytes, 'buffer')];
  await tx.query(
    `insert into bank_answer (answer_id, account_id, sha256, name, sealed_bytes, received_at)
     select $1, $2, $3, $4, $5, $6 where not exists (select from bank_answer where sha256 = $7 and bytes is not null)
         on conflict (sha256) do nothing`,
    [answerId, answer.accountId, digest, answer.name.slice(0, 255), sealed, now, digests[1]],
  );
  const [row] = await tx.query<{ answer_id: Uuid }>(
    'select answer_id from bank_answer where sha256 in ($1, $2)',
    digests,
  );
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
