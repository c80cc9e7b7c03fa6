// SQL of the names that reports show for codes.

import type { Names } from '../billers/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { NamesByCode } from './batch.ts';

type Kind = 'unit' | 'service' | 'budget-line' | 'channel';

/** Names as they stand now, also of the units above: their accounts may be paid. What has no name is left out. */
export async function readNames(
  tx: Tx,
  billerId: number,
  codes: Partial<Record<Kind, readonly string[]>>,
): Promise<NamesByCode> {
  const rows = await tx.query<{ kind: Kind; code: string; name: Names }>(
    `with recursive upward as (
       select code, parent, name from unit where biller_id = $1 and code = any($2::text[])
       union
       select u.code, u.parent, u.name from upward d join unit u on u.biller_id = $1 and u.code = d.parent
     )
     select 'unit' as kind, code, name from upward
     union all select 'service', code, name from service where biller_id = $1 and code = any($3::text[])
     union all select 'budget-line', code, name from budget_line where biller_id = $1 and code = any($4::text[])
     union all select 'channel', code, name from channel where code = any($5::text[])
     order by 1, 2`,
    [billerId, codes.unit ?? [], codes.service ?? [], codes['budget-line'] ?? [], codes.channel ?? []],
  );
  const named = (kind: Kind): Record<string, Names> =>
    Object.fromEntries(rows.filter((row) => row.kind === kind).map(({ code, name }) => [code, name]));
  return {
    units: named('unit'),
    services: named('service'),
    budgetLines: named('budget-line'),
    channels: named('channel'),
  };
}
