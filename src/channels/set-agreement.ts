// What biller and channel agree. A version is never changed: a change is a new one, in force from its instant on,
// and quotes given before keep the one they name.

import { lockConfiguration } from '../billers/index.ts';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { readTerms } from './check-terms.ts';
import {
  agreementVersions,
  findBiller,
  findChannelId,
  insertAgreement,
  timeOfBooks,
} from './store-change.ts';

export interface AgreementParties {
  readonly billerCode: string;
  readonly channelCode: string;
}

/**
 * The new version's number. `terms` null ends the agreement. `since` dates a first version back (an agreement that
 * held before it was recorded); a later version cannot be, since payments and quotes have gone by the one before.
 */
export function setAgreement(
  database: Database,
  { billerCode, channelCode }: AgreementParties,
  terms: unknown,
  actor: Actor,
  since?: Date,
): Promise<Outcome<number>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const biller = await findBiller(tx, billerCode);
    if (biller === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
    const channelId = await findChannelId(tx, channelCode);
    if (channelId === undefined) return { ok: false, reason: `there is no channel ${channelCode}` };
    const [standing] = await agreementVersions(tx, biller.billerId, channelId);
    const fault = unsuitable(terms, standing !== undefined, since);
    if (fault !== undefined) return { ok: false, reason: fault };
    const read = terms === null ? { terms: null } : readTerms(terms, biller.currency);
    if ('errors' in read)
      return { ok: false, reason: read.errors.map((e) => `${e.pointer || 'terms'} ${e.detail}`).join('; ') };
    const version = (standing?.version ?? 0) + 1;
    const recordedAt = since ?? (await timeOfBooks(tx));
    await insertAgreement(tx, biller.billerId, channelId, { version, recordedAt, terms: read.terms });
    const subject = `agreement/${billerCode}/${channelCode}`;
    await recordAudit(tx, actor, {
      action: 'agreement.set',
      subject,
      before: standing,
      after: { version, recordedAt, terms: read.terms },
    });
    return { ok: true, value: version };
  });
}

function unsuitable(terms: unknown, stands: boolean, since: Date | undefined): string | undefined {
  if (terms === null && !stands) return 'there is no agreement to end';
  return stands && since !== undefined ? 'only a first version can be dated back' : undefined;
}
