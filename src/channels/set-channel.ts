// Changes settings of a channel. A limit, or a float, holds from the commit on, to the last unit: what counts
// against it is worked out from the books while payments of the channel wait (bring-into-force.ts).

import { lockConfiguration } from '../billers/index.ts';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { bringIntoForce } from './bring-into-force.ts';
import { readChannelSettings, type ChannelChange } from './channel-settings.ts';
import { channelRecord, channelSettings, lockChannel, updateChannel } from './store-change.ts';

/** Locks the channel, then the configuration. Refuses an unknown channel and settings that cannot hold. */
export function setChannel(
  database: Database,
  code: string,
  change: ChannelChange,
  actor: Actor,
): Promise<Outcome<object>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const channelId = await lockChannel(tx, code);
    if (channelId === undefined) return { ok: false, reason: `there is no channel ${code}` };
    const { settings: standing } = await channelSettings(tx, channelId);
    const read = readChannelSettings(change, standing);
    if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
    const kept = readChannelSettings({}, standing);
    if ('faults' in kept)
      throw new Error(`channel ${code} stands with settings that cannot hold: ${kept.faults.join('; ')}`);
    const before = await channelRecord(tx, channelId);
    await updateChannel(tx, channelId, read.settings);
    await bringIntoForce(tx, channelId, kept.settings, read.settings);
    const after = await channelRecord(tx, channelId);
    await recordAudit(tx, actor, { action: 'channel.set', subject: `channel/${code}`, before, after });
    return { ok: true, value: after };
  });
}
