// SQL of the files attached to requests. Bytes are read only when a file is fetched.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Approval } from './approval.ts';

type Key = Pick<Approval, 'billerId' | 'approvalId'>;

export interface AttachmentRow {
  attachment_id: Uuid;
  name: string;
  media_type: string;
  size: number;
  sha256: Buffer;
}

export function listAttachments(tx: Tx, { billerId, approvalId }: Key): Promise<AttachmentRow[]> {
  return tx.query<AttachmentRow>(
    `select attachment_id, name, media_type, octet_length(bytes) as size, sha256 from approval_attachment
      where biller_id = $1 and approval_id = $2 order by attachment_id`,
    [billerId, approvalId],
  );
}

export async function countAttachments(tx: Tx, key: Key): Promise<number> {
  return (await listAttachments(tx, key)).length;
}

export async function readAttachment(
  tx: Tx,
  { billerId, approvalId }: Key,
  attachmentId: Uuid,
): Promise<(AttachmentRow & { bytes: Buffer }) | undefined> {
  const [row] = await tx.query<AttachmentRow & { bytes: Buffer }>(
    `select attachment_id, name, media_type, octet_length(bytes) as size, sha256, bytes from approval_attachment
      where biller_id = $1 and approval_id = $2 and attachment_id = $3`,
    [billerId, approvalId, attachmentId],
  );
  return row;
}

export async function insertAttachment(
  tx: Tx,
  { billerId, approvalId }: Key,
  file: Omit<AttachmentRow, 'size'> & { bytes: Buffer },
): Promise<void> {
  await tx.query(
    `insert into approval_attachment (biller_id, approval_id, attachment_id, name, media_type, bytes, sha256)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [billerId, approvalId, file.attachment_id, file.name, file.media_type, file.bytes, file.sha256],
  );
}
