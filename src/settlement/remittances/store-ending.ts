// SQL of remittances that end, many at once: locked in the order of (biller, remittance), written by one statement.

import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, rowSource, type Column, type Statement, type Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { toRemittance, type RemittanceRow } from './store-remittance.ts';

const LOCK: Statement = {
  name: 'remittances_lock',
  text: `select r.* from remittance r
 where (r.biller_id, r.remittance_id) in (select * from unnest($1::int[], $2::uuid[]))
 order by r.biller_id, r.remittance_id for no key update`,
};

/** By id. */
export async function lockRemittances(
  tx: Tx,
  which: readonly { readonly billerId: number; readonly remittanceId: Uuid }[],
): Promise<Map<Uuid, Remittance>> {
  const rows = await tx.run<RemittanceRow>(LOCK, [
    plainArray(which, (one) => one.billerId),
    plainArray(which, (one) => one.remittanceId),
  ]);
  return new Map(rows.map((row) => [row.remittance_id, toRemittance(row)]));
}

const COLUMNS: readonly Column<Remittance>[] = [
  { name: 'biller_id', type: 'int', of: (r) => r.billerId },
  { name: 'remittance_id', type: 'uuid', of: (r) => r.remittanceId },
  { name: 'state', type: 'word', of: (r) => r.state },
  { name: 'reason', type: 'text', of: (r) => r.reason },
  { name: 'confirmed_at', type: 'timestamptz', of: (r) => r.confirmedAt?.toISOString() ?? null },
  { name: 'ended_at', type: 'timestamptz', of: (r) => r.endedAt?.toISOString() ?? null },
];
const ENDED = rowSource(1, COLUMNS);

const UPDATE: Statement = {
  name: 'remittances_end',
  text: `update remittance r set state = e.state, reason = e.reason, confirmed_at = e.confirmed_at, ended_at = e.ended_at
  from ${ENDED.from('many', 'e')}
 where r.biller_id = e.biller_id and r.remittance_id = e.remittance_id`,
};

/** What an end changes. Their rows are locked. */
export async function updateRemittances(tx: Tx, remittances: readonly Remittance[]): Promise<void> {
  await tx.run(UPDATE, ENDED.values('many', remittances));
}
