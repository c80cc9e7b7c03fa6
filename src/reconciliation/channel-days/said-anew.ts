// What a corrected file says otherwise than the one about which persons have resolved a break. Their resolution ends what
// they have seen and nothing else: another amount or status is a break of its own, which names the earlier one.

import type { Json } from '../../kernel/errors.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { FoundBreak } from '../breaks/index.ts';
import { KEY_MARK } from './found-break.ts';
import { lockResolved } from './store-said.ts';

/** Locks the breaks of these keys that are there, by biller and key, as `openBreaks` does after it. */
export async function asSaidAnew(tx: Tx, found: readonly FoundBreak[]): Promise<FoundBreak[]> {
  const resolved = new Map(
    (await lockResolved(tx, found)).map((row) => [nameOf(row.biller_id, row.key), row]),
  );
  return found.map((one) => {
    const earlier = resolved.get(nameOf(one.billerId, one.key));
    if (earlier === undefined) return one;
    const saying = sayingOf(one);
    const seen = { currency: earlier.currency, amountMinor: earlier.amount_minor, theirs: earlier.theirs };
    return saying === sayingOf(seen) ? one : anew(one, saying, earlier.break_id);
  });
}

function anew(one: FoundBreak, saying: string, breakId: Uuid): FoundBreak {
  const ours = typeof one.ours === 'object' && !Array.isArray(one.ours) ? one.ours : {};
  return {
    ...one,
    key: `${one.key}${KEY_MARK}${saying}`,
    ours: { ...ours, resolvedBefore: showId('brk', breakId) },
  };
}

/** The same difference told twice gives the same; the numbers of lines do not matter. */
function sayingOf({
  currency,
  amountMinor,
  theirs,
}: Pick<FoundBreak, 'currency' | 'amountMinor' | 'theirs'>) {
  const amount = part(theirs, 'amount');
  const said = [part(theirs, 'status'), part(amount, 'value'), part(amount, 'currency')];
  const texts = said.map((each) => (typeof each === 'string' ? each : ''));
  return [currency, String(amountMinor), ...texts].join(' ').trimEnd();
}

function part(json: Json | undefined, name: string): Json | undefined {
  if (typeof json !== 'object' || json === null || !(name in json)) return undefined;
  return Object.entries(json).find(([each]) => each === name)?.[1];
}

function nameOf(billerId: number, key: string): string {
  return `${billerId} ${key}`;
}
