// Where a payer's credit lies: with the operator, or on the agency's own account, where a debit of the direct route has
// brought it. It leaves from one place at a time: the operator can hand over or give back only what he has.

import { refuse, Refused } from '../../kernel/errors.ts';
import { money, toText, type Money } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readAvailable } from './store-standing.ts';

export type Place = 'operator' | 'biller';

/**
 * The first of `places` that has all of it: the agency's account before the operator's, unless one is named. Locks nothing.
 * Refuses `credit-insufficient`, with what lies where when it lies in both.
 */
export async function placeWith(
  tx: Tx,
  { billerId, payerId }: { readonly billerId: number; readonly payerId: string },
  amount: Money,
  places: readonly Place[] = ['biller', 'operator'],
): Promise<Place> {
  const { currency } = amount;
  const { minor, withBillerMinor } = await readAvailable(tx, { billerId, payerId, currency });
  const there = { biller: withBillerMinor, operator: minor - withBillerMinor };
  const place = places.find((each) => there[each] >= amount.minor);
  if (place !== undefined) return place;
  const shown = (of: bigint): { value: string; currency: string } => ({ ...toText(money(of, currency)) });
  throw new Refused(
    refuse('credit-insufficient', {
      available: shown(minor),
      ...(withBillerMinor > 0n && { withAgency: shown(withBillerMinor) }),
    }),
  );
}
