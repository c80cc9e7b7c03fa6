// A new channel. It can do nothing yet: it takes money for a biller once there is an agreement, and is recognised
// once it has a key.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { readChannelSettings, type ChannelChange } from './channel-settings.ts';
import { bringIntoForce } from './bring-into-force.ts';
import { lockConfiguration } from '../billers/index.ts';
import { channelRecord, insertChannel, findChannelId } from './store-change.ts';

const CODE = /^[a-z0-9][a-z0-9-]{1,31}$/;

/** The channel's number. Refuses a code that is taken or badly formed, and settings that cannot hold. */
export async function addChannel(
  database: Database,
  code: string,
  settings: ChannelChange,
  actor: Actor,
): Promise<Outcome<number>> {
  if (!CODE.test(code))
    return { ok: false, reason: `${code} is no code: 2 to 32 lower-case letters, digits and hyphens` };
  const read = readChannelSettings(settings, undefined);
  if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    if ((await findChannelId(tx, code)) !== undefined)
      return { ok: false, reason: `there is a channel ${code} already` };
    const channelId = await insertChannel(tx, code, read.settings);
    await bringIntoForce(tx, channelId, undefined, read.settings);
    await recordAudit(tx, actor, {
      action: 'channel.add',
      subject: `channel/${code}`,
      after: await channelRecord(tx, channelId),
    });
    return { ok: true, value: channelId };
  });
}
