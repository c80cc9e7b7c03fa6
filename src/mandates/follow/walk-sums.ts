// Walks over all debits of an agency that are collected in a span of days, a short transaction at a time.

import type { Database } from '../../platform/db/index.ts';
import { sumLot, type Place, type Span, type SumRow } from './store-sums.ts';

const LOT_DEBITS = 20_000;

export async function* walkSums(database: Database, span: Span): AsyncGenerator<readonly SumRow[]> {
  const node = database.nodeOf(span.billerId);
  for (let after: Place | undefined; ;) {
    const from = after;
    const rows = await node.transaction((tx) => sumLot(tx, span, from, LOT_DEBITS));
    const [first] = rows;
    if (first === undefined) return;
    yield rows;
    after = { on: first.last_on, debitId: first.last_id };
  }
}
