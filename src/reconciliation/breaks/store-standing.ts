// SQL of what is open, by kind.

import type { Tx } from '../../platform/db/index.ts';
import { BREAK_KINDS, type BreakKind } from './break.ts';

export interface StandingRow {
  kind: BreakKind;
  open: number;
  oldest_days: number;
}

/** Every kind, also those of which none is open. */
export function readStanding(tx: Tx): Promise<StandingRow[]> {
  return tx.query<StandingRow>(
    `select w.kind, count(k.break_id)::int as open,
            coalesce(max(extract(epoch from business_now() - k.opened_at) / 86400), 0)::float8 as oldest_days
       from unnest($1::text[]) as w(kind) left join break k on k.kind = w.kind and k.state = 'open'
      group by 1 order by 1`,
    [BREAK_KINDS],
  );
}
