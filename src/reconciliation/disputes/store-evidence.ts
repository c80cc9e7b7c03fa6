// SQL of the files that prove a dispute. Bytes are read only when a file is fetched.

import { parseId } from '../../kernel/ids.ts';
import type { AttachmentRow } from '../../approvals/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Dispute } from './dispute.ts';

type Key = Pick<Dispute, 'billerId' | 'disputeId'>;

const COLUMNS = 'evidence_id as attachment_id, name, media_type, octet_length(bytes) as size, sha256';

export function listEvidence(tx: Tx, { billerId, disputeId }: Key): Promise<AttachmentRow[]> {
  return tx.query<AttachmentRow>(
    `select ${COLUMNS} from dispute_evidence where biller_id = $1 and dispute_id = $2 order by evidence_id`,
    [billerId, disputeId],
  );
}

export async function readEvidence(
  tx: Tx,
  { billerId, disputeId }: Key,
  shownId: string,
): Promise<(AttachmentRow & { bytes: Buffer }) | undefined> {
  const evidenceId = parseId('att', shownId);
  if (evidenceId === undefined) return undefined;
  const [row] = await tx.query<AttachmentRow & { bytes: Buffer }>(
    `select ${COLUMNS}, bytes from dispute_evidence where biller_id = $1 and dispute_id = $2 and evidence_id = $3`,
    [billerId, disputeId, evidenceId],
  );
  return row;
}

export async function insertEvidence(
  tx: Tx,
  { billerId, disputeId }: Key,
  file: Omit<AttachmentRow, 'size'> & { bytes: Buffer },
): Promise<void> {
  await tx.query(
    `insert into dispute_evidence (biller_id, dispute_id, evidence_id, name, media_type, bytes, sha256)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [billerId, disputeId, file.attachment_id, file.name, file.media_type, file.bytes, file.sha256],
  );
}
