// How a payer has paid, where nobody says it: a channel's file does not. The agreement of channel and agency may leave no
// choice, and fees go by it.

import { agreementAt, agreementKey, type Method, type Snapshot } from '../../../channels/index.ts';
import { malformed } from '../find-resolution.ts';

/** The one method of the agreement, else cash where it is taken. Refuses `malformed-request` where it has to be said. */
export function agreedMethod(
  { agreements }: Pick<Snapshot, 'agreements'>,
  { billerId, channelId }: { readonly billerId: number; readonly channelId: number },
  now: Date,
): Method {
  const versions = agreements.get(agreementKey(billerId, channelId)) ?? [];
  const [method = 'cash', ...others] = agreementAt(versions, now)?.compiled?.methods ?? [];
  if (others.length === 0) return method;
  if (method === 'cash' || others.includes('cash')) return 'cash';
  throw malformed('/method', `say how the payer paid: ${[method, ...others].join(', ')}`);
}
