// A new biller, with its first business days open, so that it can be paid from the moment the agreement is made.
// Its number is the next one: it leads the keys of everything that will be its own and never changes.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { readBillerSettings } from './biller-settings.ts';
import { openDaysAhead } from './open-business-days.ts';
import { NO_LINK } from './set-link.ts';
import { findBillerId, insertBiller, lockConfiguration, recordOf } from './store-change.ts';

const CODE = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** The biller's number. Refuses a code that is taken or badly formed, and settings that cannot hold. */
export async function addBiller(
  database: Database,
  code: string,
  settings: object,
  actor: Actor,
): Promise<Outcome<number>> {
  if (!CODE.test(code))
    return { ok: false, reason: `${code} is no code: 2 to 32 lower-case letters, digits and hyphens` };
  const read = readBillerSettings(settings);
  if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
  if (read.settings.kind === 'linked') return { ok: false, reason: NO_LINK };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    if ((await findBillerId(tx, code)) !== undefined)
      return { ok: false, reason: `there is a biller ${code} already` };
    const billerId = await insertBiller(tx, code, read.settings);
    await openDaysAhead(tx, billerId);
    await recordAudit(tx, actor, {
      action: 'biller.add',
      subject: `biller/${code}`,
      after: await recordOf(tx, billerId),
    });
    return { ok: true, value: billerId };
  });
}
