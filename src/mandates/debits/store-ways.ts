// SQL of how payers' banks get debits.

import type { Tx } from '../../platform/db/index.ts';

/** Channels whose banks are called for each debit, on its day; all others take files. */
export async function apiChannels(tx: Tx): Promise<ReadonlySet<number>> {
  const rows = await tx.query<{ channel_id: number }>(`select channel_id from bank_link where way = 'api'`);
  return new Set(rows.map((row) => row.channel_id));
}
