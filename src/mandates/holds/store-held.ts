// SQL of debits that wait for persons.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DEBIT_COLUMNS, toDebit, type Debit, type DebitRef, type DebitRow } from '../debits/index.ts';

export interface Unasked {
  readonly debit: Debit;
  readonly mandateReference: string;
  /** How often it was planned, which persons letting it go does too. */
  readonly wasPlanned: number;
}

/** Those about which nobody was asked; locked, what others have locked is left to them. */
export async function lockUnasked(tx: Tx, billerId: number, limit: number): Promise<Unasked[]> {
  const rows = await tx.query<DebitRow & { reference: string; was_planned: number }>(
    `select ${DEBIT_COLUMNS}, m.reference,
            (select count(*)::int from debit_step s
              where s.biller_id = o.biller_id and s.debit_id = o.debit_id and s.state = 'planned') as was_planned
       from debit_order o
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      where o.biller_id = $1 and o.state = 'held' and o.approval_id is null
      order by o.biller_id, o.debit_id limit $2 for no key update of o skip locked`,
    [billerId, limit],
  );
  return rows.map((row) => ({
    debit: toDebit(row),
    mandateReference: row.reference,
    wasPlanned: row.was_planned,
  }));
}

export async function noteAsked(tx: Tx, { billerId, debitId }: DebitRef, approvalId: Uuid): Promise<void> {
  await tx.query('update debit_order set approval_id = $3 where biller_id = $1 and debit_id = $2', [
    billerId,
    debitId,
    approvalId,
  ]);
}

/** Persons let it go above the ceiling, on the day that can still be kept. */
export async function noteOver(
  tx: Tx,
  { billerId, debitId }: DebitRef,
  day: { readonly collectOn: BusinessDate; readonly sendOn: BusinessDate },
): Promise<void> {
  await tx.query(
    `update debit_order set over = true, collect_on = $3, send_on = $4 where biller_id = $1 and debit_id = $2`,
    [billerId, debitId, day.collectOn, day.sendOn],
  );
}

export interface HeldUnder {
  readonly state: string;
  readonly announceDays: number;
}

export async function mandateOf(tx: Tx, { mandateBillerId, mandateId }: Debit): Promise<HeldUnder> {
  const [row] = await tx.query<HeldUnder>(
    `select state, announce_days as "announceDays" from mandate where biller_id = $1 and mandate_id = $2`,
    [mandateBillerId, mandateId],
  );
  if (row === undefined) throw new Error(`debit under mandate ${mandateId}, which is not there`);
  return row;
}
