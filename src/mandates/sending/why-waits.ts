// Why a debit could not go to its payer's bank as things stand: no agreement lets it through, or the agency, which is paid on its
// own account, has none.

import type { Biller } from '../../billers/index.ts';
import { readRemittanceAccounts } from '../../billers/bank/index.ts';
import type { Method, Snapshot } from '../../channels/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { routeThrough, type WhyUnserved } from './routes-served.ts';

/** `account`: none of its own, by the route `direct`. */
export const WHY_NOT_SENT = [
  'agreement',
  'method',
  'outlet',
  'channel-suspended',
  'channel-prefunded',
  'account',
] as const satisfies readonly (WhyUnserved | 'account')[];
export type WhyNotSent = (typeof WHY_NOT_SENT)[number];

/** Of one agency, by the bank of the payer; its account is read once. undefined: nothing stands in the way. */
export function whyNotSent(
  tx: Tx,
  snapshot: Snapshot,
  biller: Biller,
  when: { readonly method: Method; readonly at: Date },
): (channelId: number) => Promise<WhyNotSent | undefined> {
  let own: Promise<boolean> | undefined;
  return async (channelId) => {
    const through = routeThrough(snapshot, biller, channelId, when);
    if ('why' in through) return through.why;
    if (through.route !== 'direct') return undefined;
    own ??= readRemittanceAccounts(tx, biller.billerId).then((all) => all.some(({ unit }) => unit === ''));
    return (await own) ? undefined : 'account';
  };
}
