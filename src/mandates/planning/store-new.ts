// SQL of debits that are planned: written with their bills, which nobody else takes up from then on, and with the first step
// of their history.

import { newId } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import {
  DEBIT_COLUMNS,
  insertDebitSteps,
  payerWith,
  toDebit,
  type Debit,
  type DebitRow,
} from '../debits/index.ts';
import type { PlannedDebit } from './plan-lot.ts';

/** Throws a unique violation (23505) when another debit has taken up one of the bills meanwhile: plan the lot again. */
export async function insertDebits(
  tx: Tx,
  { billerId, currency, at }: { billerId: number; currency: string; at: Date },
  planned: readonly PlannedDebit[],
): Promise<Debit[]> {
  const debits = planned.map((debit) => ({ debitId: newId(at.getTime(), billerId), debit }));
  const rows = await tx.query<DebitRow>(
    `insert into debit_order as o (biller_id, debit_id, mandate_biller_id, mandate_id, payer_id, channel_id, cause, attempt,
       retry_of, currency, amount_minor, collect_on, send_on, state, why, revision,
       planned_at, changed_at)
     select $1, d.debit_id, d.mandate_biller_id, d.mandate_id, ${payerWith('$1')}, m.channel_id,
            case when d.retry_of is null then m.collect else 'retry' end, d.attempt, d.retry_of, $2, d.amount_minor, d.collect_on,
            d.send_on, case when d.why is null then 'planned' else 'held' end, d.why, 2, $3, $3
       from unnest($4::uuid[], $5::int[], $6::uuid[], $7::bigint[], $8::date[], $9::date[], $10::text[],
                   $11::smallint[], $12::uuid[])
              as d(debit_id, mandate_biller_id, mandate_id, amount_minor, collect_on, send_on, why, attempt, retry_of)
       join mandate m on m.biller_id = d.mandate_biller_id and m.mandate_id = d.mandate_id
     returning ${DEBIT_COLUMNS}`,
    [
      billerId,
      currency,
      at,
      plainArray(debits, (each) => each.debitId),
      plainArray(debits, (each) => each.debit.coverage.mandateBillerId),
      plainArray(debits, (each) => each.debit.coverage.mandateId),
      plainArray(debits, (each) => each.debit.bills.reduce((sum, { dueMinor }) => sum + dueMinor, 0n)),
      plainArray(debits, (each) => each.debit.collectOn),
      plainArray(debits, (each) => each.debit.sendOn),
      textArray(debits, (each) => each.debit.held ?? null),
      plainArray(debits, (each) => each.debit.retry?.attempt ?? 1),
      plainArray(debits, (each) => each.debit.retry?.of ?? null),
    ],
  );
  const bills = debits.flatMap(({ debitId, debit }) => debit.bills.map((bill) => ({ debitId, ...bill })));
  await tx.query(
    `insert into debit_bill (biller_id, debit_id, bill_number, due_on, owed_as_of, amount_minor, bill_revision, live)
     select $1, *, true from unnest($2::uuid[], $3::text[], $4::date[], $5::date[], $6::bigint[], $7::int[])`,
    [
      billerId,
      plainArray(bills, (each) => each.debitId),
      textArray(bills, (each) => each.billNumber),
      plainArray(bills, (each) => each.dueOn),
      plainArray(bills, (each) => each.owedAsOf),
      plainArray(bills, (each) => each.dueMinor),
      plainArray(bills, (each) => each.revision),
    ],
  );
  const made = rows.map(toDebit);
  const told = new Set(debits.filter(({ debit }) => debit.isTold).map(({ debitId }) => debitId));
  const steps = made.map((debit) => ({
    debit,
    to: debit.state,
    why: debit.why,
    text: told.has(debit.debitId) ? `announced for ${debit.collectOn}` : null,
  }));
  await insertDebitSteps(tx, steps, { actor: 'worker', at });
  return made;
}
