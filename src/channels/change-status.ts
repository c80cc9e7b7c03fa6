// Suspending and resuming differ by one word; both tell whether anything changed, so that each can be repeated.

import { lockConfiguration } from '../billers/index.ts';
import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import type { Database } from '../platform/db/index.ts';
import { lockChannel, updateStatus } from './store-change.ts';

export function changeStatus(
  database: Database,
  code: string,
  status: 'active' | 'suspended',
  actor: Actor,
): Promise<Outcome<{ changed: boolean }>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const channelId = await lockChannel(tx, code);
    if (channelId === undefined) return { ok: false, reason: `there is no channel ${code}` };
    const changed = await updateStatus(tx, channelId, status);
    const before = status === 'active' ? 'suspended' : 'active';
    const action = status === 'active' ? 'channel.resume' : 'channel.suspend';
    if (changed)
      await recordAudit(tx, actor, {
        action,
        subject: `channel/${code}`,
        before: { status: before },
        after: { status },
      });
    return { ok: true, value: { changed } };
  });
}
