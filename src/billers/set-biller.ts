// Changes settings of a biller. They hold for what is decided from the commit on; a changed cut-off or zone for
// business days not yet opened (calendar/open-days.ts); quotes given before keep what they said.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { readBillerSettings, type BillerChange } from './biller-settings.ts';
import { NO_LINK } from './set-link.ts';
import { findBillerId, lockConfiguration, recordOf, settingsOf, updateBiller } from './store-change.ts';
import { findLink } from './store-link.ts';

/** Refuses an unknown biller, and settings that cannot hold beside those that stay. */
export function setBiller(
  database: Database,
  code: string,
  change: BillerChange,
  actor: Actor,
): Promise<Outcome<object>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const billerId = await findBillerId(tx, code);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${code}` };
    const standing = await settingsOf(tx, billerId);
    const read = readBillerSettings({ ...standing, ...change, name: { ...standing.name, ...change.name } });
    if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
    if (read.settings.kind === 'linked' && (await findLink(tx, billerId)) === undefined)
      return { ok: false, reason: NO_LINK };
    const before = await recordOf(tx, billerId);
    await updateBiller(tx, billerId, read.settings);
    const after = await recordOf(tx, billerId);
    await recordAudit(tx, actor, { action: 'biller.set', subject: `biller/${code}`, before, after });
    return { ok: true, value: after };
  });
}
