// Which account the money of a unit goes to: its own, else that of its nearest ancestor, else the biller's own.

import type { Unit } from '../biller.ts';

/**
 * `accounts` are those of one biller that hold; '' is the biller itself. A unit that the tree does not know is the
 * biller's. undefined: there is none on the way up, the money waits.
 */
export function accountFor<Account extends { readonly unit: string }>(
  units: readonly Pick<Unit, 'code' | 'parent'>[],
  accounts: readonly Account[],
  unit: string,
): Account | undefined {
  const parents = new Map(units.map(({ code, parent }) => [code, parent ?? '']));
  const byUnit = new Map(accounts.map((account) => [account.unit, account]));
  const passed = new Set<string>();
  for (let at = unit; at !== '' && !passed.has(at); at = parents.get(at) ?? '') {
    const account = byUnit.get(at);
    if (account !== undefined && parents.has(at)) return account;
    passed.add(at);
  }
  return byUnit.get('');
}
