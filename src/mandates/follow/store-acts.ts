// SQL of what persons do about debits by hand: what there would be to do, and whether it can be done.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Debit } from '../debits/index.ts';
import { IS_COVERED, TAKEN_UP_ANEW } from '../planning/store-retry.ts';

export interface RetryFacts {
  readonly mandateState: string;
  readonly announceDays: number;
  readonly openBills: number;
  /** All of them are put off, to this date at the earliest; else null. */
  readonly putOffTo: BusinessDate | null;
  readonly retriedBy: Uuid | null;
  /** By a statement, and persons have not decided. */
  readonly isContradicted: boolean;
}

/** The debit is locked. */
export async function readRetryFacts(tx: Tx, debit: Debit): Promise<RetryFacts> {
  const { billerId, debitId, mandateBillerId, mandateId } = debit;
  const [row] = await tx.query<RetryFacts>(
    `select m.state as "mandateState", m.announce_days as "announceDays",
            (select count(*)::int from debit_order o join debit_bill d using (biller_id, debit_id) join bill b using (biller_id, bill_number)
              where o.biller_id = $1 and o.debit_id = $2 and d.outcome in ('failed', 'returned') and b.status = 'open'
                and not ${TAKEN_UP_ANEW} and ${IS_COVERED}) as "openBills",
            (select nullif(min(case when m.collect = 'due-date' and b.due_on > d.due_on then b.due_on else '0001-01-01' end), '0001-01-01')
               from debit_order o join debit_bill d using (biller_id, debit_id) join bill b using (biller_id, bill_number)
              where o.biller_id = $1 and o.debit_id = $2 and d.outcome in ('failed', 'returned') and b.status = 'open'
                and not ${TAKEN_UP_ANEW} and ${IS_COVERED}) as "putOffTo",
            (select r.debit_id from debit_order r
              where r.mandate_biller_id = $3 and r.mandate_id = $4 and r.biller_id = $1 and r.retry_of = $2
                and r.state <> 'dropped' order by r.debit_id desc limit 1) as "retriedBy",
            debit_contradicted($2) as "isContradicted"
       from mandate m where m.biller_id = $3 and m.mandate_id = $4`,
    [billerId, debitId, mandateBillerId, mandateId],
  );
  if (row === undefined) throw new Error('a debit is under no mandate');
  return row;
}

export interface Waiting {
  readonly count: number;
  readonly minor: bigint;
}

/** Planned, and to be with the bank by now. */
export async function dueToBuild(tx: Tx, billerId: number): Promise<Waiting> {
  const [row] = await tx.query<Waiting>(
    `select count(*)::int as count, coalesce(sum(amount_minor), 0)::bigint as minor from debit_order
      where biller_id = $1 and state = 'planned' and send_on <= business_now()::date`,
    [billerId],
  );
  return row ?? { count: 0, minor: 0n };
}

/** Built, and with no bank yet. */
export async function builtAndHere(tx: Tx, billerId: number): Promise<Waiting> {
  const [row] = await tx.query<Waiting>(
    `select count(*)::int as count, coalesce(sum(amount_minor), 0)::bigint as minor from debit_order
      where biller_id = $1 and state = 'built' and way = 'file' and collect_on >= business_now()::date - 62`,
    [billerId],
  );
  return row ?? { count: 0, minor: 0n };
}

/** A person has decided what follows from them. The debit is locked. */
export async function markWordsBooked(tx: Tx, { billerId, debitId }: Debit, at: Date): Promise<void> {
  await tx.query(
    'update debit_word set booked_at = $3 where biller_id = $1 and debit_id = $2 and booked_at is null',
    [billerId, debitId, at],
  );
}
