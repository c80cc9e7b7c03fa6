// SQL of what operations watch: what has been tried and waits for its bank.

import type { Tx } from '../../platform/db/index.ts';

export function countWaiting(
  tx: Tx,
): Promise<
  { readonly code: string; readonly what: 'mandate' | 'debit' | 'cancellation'; readonly count: number }[]
> {
  return tx.query(
    `select c.code, w.what, w.count from bank_link l join channel c using (channel_id)
      cross join lateral (
        select 'mandate' as what, count(*)::int as count from mandate_submission s
         where s.channel_id = l.channel_id and s.state = 'waiting' and s.tries > 0
        union all
        select 'cancellation', count(*)::int from mandate_cancellation e
         where e.channel_id = l.channel_id and e.state = 'waiting' and e.tries > 0
        union all
        select 'debit', count(*)::int from debit_order o
         where o.channel_id = l.channel_id and o.state = 'built' and o.way = 'api' and o.tries > 0) w`,
  );
}
