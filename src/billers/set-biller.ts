// Changes settings of a biller. They hold for what is decided from the commit on; a changed cut-off or zone from a
// business date that has not begun (move-cut-off.ts); quotes given before keep what they said.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Database } from '../platform/db/index.ts';
import { readBillerSettings, type BillerChange } from './biller-settings.ts';
import { moveCutOff } from './move-cut-off.ts';
import { NO_LINK } from './set-link.ts';
import {
  findBillerId,
  lockConfiguration,
  recordOf,
  settingsOf,
  updateBiller,
  type BillerRecord,
} from './store-change.ts';
import { findLink } from './store-link.ts';

export interface ChangedBiller {
  readonly biller: BillerRecord;
  /** The first business date of the cut-off or time zone that was asked for. */
  readonly cutOffFrom?: BusinessDate;
}

/**
 * `from`: first business date of a changed cut-off or zone, else the first that has not begun. Refuses an unknown
 * biller, settings that cannot hold beside those that stay, and a day that has begun.
 */
export function setBiller(
  database: Database,
  code: string,
  change: BillerChange,
  actor: Actor,
  from?: BusinessDate,
): Promise<Outcome<ChangedBiller>> {
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
    const { timeZone, cutOff } = change;
    const wish = { ...(timeZone !== undefined && { timeZone }), ...(cutOff !== undefined && { cutOff }) };
    const moved = Object.keys(wish).length > 0 ? await moveCutOff(tx, billerId, wish, from) : undefined;
    if (moved?.ok === false) return moved;
    await updateBiller(tx, billerId, read.settings);
    const biller = await recordOf(tx, billerId);
    await recordAudit(tx, actor, { action: 'biller.set', subject: `biller/${code}`, before, after: biller });
    return { ok: true, value: { biller, ...(moved !== undefined && { cutOffFrom: moved.value }) } };
  });
}
