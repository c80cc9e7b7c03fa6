// SQL of signed forms. Bytes are read only when a form is fetched; they are sealed.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Mandate } from './mandate.ts';

type Key = Pick<Mandate, 'billerId' | 'mandateId'>;

export interface FormRow {
  form_id: Uuid;
  name: string;
  media_type: string;
  size: number;
  sha256: Buffer;
}

/** The newest last. */
export function listForms(tx: Tx, { billerId, mandateId }: Key): Promise<FormRow[]> {
  return tx.query<FormRow>(
    `select form_id, name, media_type, size, sha256 from mandate_form
      where biller_id = $1 and mandate_id = $2 order by form_id`,
    [billerId, mandateId],
  );
}

export async function readForm(
  tx: Tx,
  { billerId, mandateId }: Key,
): Promise<(FormRow & { sealed_bytes: Buffer }) | undefined> {
  const [row] = await tx.query<FormRow & { sealed_bytes: Buffer }>(
    `select form_id, name, media_type, size, sha256, sealed_bytes from mandate_form
      where biller_id = $1 and mandate_id = $2 order by form_id desc limit 1`,
    [billerId, mandateId],
  );
  return row;
}

export async function insertForm(
  tx: Tx,
  { billerId, mandateId }: Key,
  form: FormRow & { sealed_bytes: Buffer },
): Promise<void> {
  await tx.query(
    `insert into mandate_form (biller_id, mandate_id, form_id, name, media_type, size, sealed_bytes, sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      billerId,
      mandateId,
      form.form_id,
      form.name,
      form.media_type,
      form.size,
      form.sealed_bytes,
      form.sha256,
    ],
  );
}
