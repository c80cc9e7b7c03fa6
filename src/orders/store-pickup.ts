// SQL of what is fetched from banks' folders at SFTP: how answers are, and which files of any purpose have been.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { AnswerSettings } from './answer-settings.ts';
import type { InboxFile } from './sftp-inbox.ts';

/** Both may look into one folder, and each remembers for itself. */
export type Purpose = 'answer' | 'statement';

export async function readSettings(tx: Tx, bankId: number): Promise<AnswerSettings> {
  const [row] = await tx.query<{ answers: AnswerSettings }>('select answers from bank where bank_id = $1', [
    bankId,
  ]);
  return row?.answers ?? {};
}

export async function writeSettings(tx: Tx, bankId: number, settings: AnswerSettings): Promise<void> {
  await tx.query('update bank set answers = $2 where bank_id = $1', [bankId, JSON.stringify(settings)]);
}

/** Which of these have not been fetched yet, as they are now. */
export async function unfetched(
  tx: Tx,
  bankId: number,
  what: Purpose,
  files: readonly InboxFile[],
): Promise<InboxFile[]> {
  const rows = await tx.query<{ at: number }>(
    `select f.at from json_to_recordset($3::json) as f(at integer, name text, size bigint, "modifiedAt" timestamptz)
      where exists (select from picked_up k where k.bank_id = $1 and k.what = $2 and k.name = f.name and k.size = f.size
                       and k.modified_at = f."modifiedAt")`,
    [bankId, what, JSON.stringify(files.map((file, at) => ({ at, ...file })))],
  );
  const known = new Set(rows.map((row) => row.at));
  return files.filter((_, at) => !known.has(at));
}

export async function noteFetched(
  tx: Tx,
  bankId: number,
  what: Purpose,
  { name, size, modifiedAt }: InboxFile,
  fileId: Uuid | null,
): Promise<void> {
  await tx.query(
    `insert into picked_up (bank_id, what, name, size, modified_at, file_id, fetched_at)
     values ($1, $2, $3, $4, $5, $6, business_now()) on conflict do nothing`,
    [bankId, what, name, size, modifiedAt, fileId],
  );
}
