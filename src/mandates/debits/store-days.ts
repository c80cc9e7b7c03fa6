// SQL of the days of debits that no bank has seen.

import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef } from './debit.ts';
import type { MovedDay } from './debit-move.ts';

/** Another day of collection is a step of the debit. The amount is what the bills have been set to: more than persons saw is not let go. */
export async function setDays(tx: Tx, days: readonly MovedDay[], at: Date): Promise<void> {
  await tx.query(
    `update debit_order o
        set collect_on = n.collect_on, send_on = n.send_on, changed_at = $5,
            amount_minor = coalesce(n.amount_minor, o.amount_minor),
            over = o.over and coalesce(n.amount_minor <= o.amount_minor, true),
            revision = o.revision + (o.collect_on <> n.collect_on)::integer
       from unnest($1::int[], $2::uuid[], $3::date[], $4::date[], $6::bigint[])
              as n(biller_id, debit_id, collect_on, send_on, amount_minor)
      where o.biller_id = n.biller_id and o.debit_id = n.debit_id`,
    [
      plainArray(days, ({ debit }) => debit.billerId),
      plainArray(days, ({ debit }) => debit.debitId),
      plainArray(days, ({ collectOn }) => collectOn),
      plainArray(days, ({ sendOn }) => sendOn),
      at,
      plainArray(days, ({ amountMinor }) => amountMinor ?? null),
    ],
  );
}

/** Those whose day the payer knows: his mandate has him told, or a message said when it is tried again. */
export async function toldBefore(tx: Tx, debits: readonly DebitRef[]): Promise<Set<Uuid>> {
  const rows = await tx.query<{ debit_id: Uuid }>(
    `select o.debit_id from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      where o.cause = 'retry' or m.announce_days > 0`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return new Set(rows.map((row) => row.debit_id));
}
