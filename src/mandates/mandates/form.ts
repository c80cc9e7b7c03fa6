// The form that the payer has signed: a scan or a photo, sealed as it is kept, for the account's number stands on it. A newer
// one takes the place of the one before, until the agency has decided.

import { hash } from 'node:crypto';
import { fileFault, MOST_ATTACHMENTS, type NewFile } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, newId } from '../../kernel/ids.ts';
import { openSecret, sealSecret } from '../../kernel/seal.ts';
import { onMandate, seenMandate } from './change.ts';
import type { MandateTools } from './create.ts';
import { formSealId } from './mandate.ts';
import { UNDECIDED } from './states.ts';
import { insertForm, listForms, readForm, type FormRow } from './store-form.ts';
import { note, stepTime } from './take-step.ts';
import { updateMandate } from './store-mandate.ts';
import { readMandateId, sideOf, wrongState, type MandateCaller } from './who-may.ts';

export const FORM_TYPES = ['application/pdf', 'image/png', 'image/jpeg'];

/**
 * Refuses `mandate-not-found`, `forbidden`, `mandate-state` when the agency has decided, `malformed-request` for a name that
 * is none, `unsupported-media-type` for what is no PDF, PNG or JPEG, `attachment-limit`. Locks the mandate.
 */
export async function attachForm(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
  file: NewFile,
): Promise<{ form: FormRow; isNew: boolean }> {
  const { name, mediaType, bytes } = file;
  const wrong = FORM_TYPES.includes(mediaType)
    ? fileFault(file)
    : refuse('unsupported-media-type', { contentType: mediaType });
  if (wrong !== undefined) throw new Refused(wrong);
  const sha256 = hash('sha256', bytes, 'buffer');
  return onMandate(tools, caller, shownId, async (tx, it) => {
    const acts = sideOf(caller, it);
    const there = await listForms(tx, it);
    const newest = there.at(-1);
    if (newest?.name === name && newest.sha256.equals(sha256)) return { form: newest, isNew: false };
    if (!UNDECIDED.includes(it.state)) throw wrongState(it);
    if (there.length >= MOST_ATTACHMENTS)
      throw new Refused(refuse('attachment-limit', { limit: MOST_ATTACHMENTS }));
    const at = await stepTime(tx, it);
    const form = {
      form_id: newId(at.getTime(), it.billerId),
      name,
      media_type: mediaType,
      size: bytes.length,
      sha256,
    };
    const sealed_bytes = sealSecret(tools.masterKey, formSealId(form.form_id), bytes);
    await insertForm(tx, it, { ...form, sealed_bytes });
    const after = { ...it, changedAt: at };
    await updateMandate(tx, after);
    const { person, client, actor } = caller;
    const by = { side: acts, staffId: person?.staffId ?? null, client, actor };
    await note(tx, after, by, { action: 'attached', content: { name, sha256: sha256.toString('hex') }, at });
    return { form, isNew: true };
  });
}

/** Refuses `mandate-not-found`, `attachment-not-found`. */
export async function fetchForm(
  { database, masterKey }: MandateTools,
  caller: MandateCaller,
  shownId: string,
): Promise<FormRow & { bytes: Buffer }> {
  const mandateId = readMandateId(shownId);
  const form = await database
    .nodeOf(billerOf(mandateId))
    .transaction(async (tx) => readForm(tx, await seenMandate(tx, caller, shownId, mandateId)));
  if (form === undefined) throw new Refused(refuse('attachment-not-found', { mandateId: shownId }));
  return { ...form, bytes: openSecret(masterKey, formSealId(form.form_id), form.sealed_bytes) };
}
