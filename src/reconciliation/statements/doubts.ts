// Lines that may be a booking which is told in other words.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DoubtFact } from './facts.ts';
import { likenesses, lineDoubtsOf } from './store-line-doubt.ts';
import { sumDoubtsOf } from './store-sum-doubt.ts';

/** By line: alone, or as a sum of parts. */
export async function doubtsOf(
  tx: Tx,
  statementId: Uuid,
  lines: readonly number[],
): Promise<Map<number, DoubtFact>> {
  const { others, sums } = await likenesses(tx, statementId);
  return new Map([
    ...(sums && others ? await sumDoubtsOf(tx, statementId, lines) : []),
    ...(others ? await lineDoubtsOf(tx, statementId, lines) : []),
  ]);
}
