// A client by its code: `operator`, a channel's code or a biller's (the agency). Codes of channels and billers are
// two lists, so one that stands in both has to be said with its kind: `channel/x`, `agency/x`.

import type { Outcome } from '../access/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ClientRef } from './credentials/index.ts';
import { findBiller, findChannelId } from './store-change.ts';

export async function findClient(tx: Tx, name: string): Promise<Outcome<ClientRef>> {
  if (name === 'operator') return { ok: true, value: { kind: 'operator' } };
  const [kind, code] = name.includes('/') ? name.split('/', 2) : [undefined, name];
  const channelId = kind === 'agency' ? undefined : await findChannelId(tx, code ?? '');
  const biller = kind === 'channel' ? undefined : await findBiller(tx, code ?? '');
  if (channelId !== undefined && biller !== undefined) {
    return { ok: false, reason: `${name} is a channel and a biller: say channel/${name} or agency/${name}` };
  }
  if (channelId !== undefined) return { ok: true, value: { kind: 'channel', channelId } };
  if (biller !== undefined) return { ok: true, value: { kind: 'agency', billerId: biller.billerId } };
  return { ok: false, reason: `there is no channel and no biller ${name}` };
}
