// SQL of what banks have said of debits.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef } from './debit.ts';
import type { DebitWord, WordVerdict } from './word.ts';

/** By debit id, oldest first. */
export async function readVerdicts(tx: Tx, debits: readonly DebitRef[]): Promise<Map<Uuid, WordVerdict[]>> {
  const rows = await tx.query<{ debit_id: Uuid; verdicts: WordVerdict[] }>(
    `select debit_id, array_agg(verdict order by word_id) as verdicts from debit_word
      where (biller_id, debit_id) in (select * from unnest($1::int[], $2::uuid[])) group by debit_id`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return new Map(rows.map((row) => [row.debit_id, row.verdicts]));
}

/** The masked account of each, by debit id. */
export async function shownAccounts(tx: Tx, debits: readonly DebitRef[]): Promise<Map<Uuid, string>> {
  if (debits.length === 0) return new Map();
  const rows = await tx.query<{ debit_id: Uuid; shown_account: string }>(
    `select o.debit_id, m.shown_account from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return new Map(rows.map((row) => [row.debit_id, row.shown_account]));
}

const MOST_TEXT = 500;

export async function insertWords(tx: Tx, words: readonly DebitWord[], at: Date): Promise<void> {
  if (words.length === 0) return;
  await tx.query(
    `insert into debit_word (biller_id, debit_id, word_id, verdict, code, text, bank_reference, source, said_at)
     select *, $9 from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`,
    [
      plainArray(words, (each) => each.billerId),
      plainArray(words, (each) => each.debitId),
      plainArray(words, (each) => newId(at.getTime(), each.billerId)),
      plainArray(words, (each) => each.verdict),
      textArray(words, (each) => each.code),
      textArray(words, (each) => each.text?.slice(0, MOST_TEXT) ?? null),
      textArray(words, (each) => each.bankReference),
      textArray(words, (each) => each.source),
      at,
    ],
  );
}
