// SQL of files to and from banks that are in clear yet, and of looking at one that is kept.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { KeptBytes, SealedAnswer, SealedOrder } from './sealed-file.ts';

/** undefined: there is none, or others have those that there are. */
export async function lockClearOrder(tx: Tx): Promise<{ file_id: Uuid; bytes: Buffer } | undefined> {
  const [row] = await tx.query<{ file_id: Uuid; bytes: Buffer }>(
    'select file_id, bytes from order_file where bytes is not null limit 1 for update skip locked',
  );
  return row;
}

export async function putSealedOrder(
  tx: Tx,
  fileId: Uuid,
  { sealed, sha256, idsSha256 }: SealedOrder,
): Promise<void> {
  await tx.query(
    'update order_file set bytes = null, sealed_bytes = $2, sha256 = $3, ids_sha256 = $4 where file_id = $1',
    [fileId, sealed, sha256, idsSha256],
  );
}

/** undefined: there is none, or others have those that there are. */
export async function lockClearAnswer(tx: Tx): Promise<{ answer_id: Uuid; bytes: Buffer } | undefined> {
  const [row] = await tx.query<{ answer_id: Uuid; bytes: Buffer }>(
    'select answer_id, bytes from bank_answer where bytes is not null limit 1 for update skip locked',
  );
  return row;
}

export async function putSealedAnswer(
  tx: Tx,
  answerId: Uuid,
  { sealed, digest }: SealedAnswer,
): Promise<void> {
  await tx.query('update bank_answer set bytes = null, sealed_bytes = $2, sha256 = $3 where answer_id = $1', [
    answerId,
    sealed,
    digest,
  ]);
}

/** By its name or message id. */
export async function keptOrder(
  tx: Tx,
  named: string,
): Promise<(KeptBytes & { file_id: Uuid; name: string }) | undefined> {
  const [row] = await tx.query<KeptBytes & { file_id: Uuid; name: string }>(
    'select file_id, name, bytes, sealed_bytes from order_file where name = $1 or message_id = $1',
    [named],
  );
  return row;
}

/** The newest that came under this name. */
export async function keptAnswer(
  tx: Tx,
  name: string,
): Promise<(KeptBytes & { answer_id: Uuid; name: string }) | undefined> {
  const [row] = await tx.query<KeptBytes & { answer_id: Uuid; name: string }>(
    'select answer_id, name, bytes, sealed_bytes from bank_answer where name = $1 order by received_at desc, answer_id desc limit 1',
    [name],
  );
  return row;
}
