// SQL of the second look at debits that no bank has seen: a walk over them in the order of their days, and their days.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { DEBIT_COLUMNS, toDebit, type Debit, type DebitRow } from '../debits/index.ts';
import type { DueDebit } from './store-build.ts';

export type Unsent = 'planned' | 'held';

export interface ReviewCursor {
  readonly sendOn: BusinessDate;
  readonly debitId: Uuid;
}

export type Reviewed = DueDebit &
  ReviewCursor & {
    readonly approvalId: Uuid | null;
    /** Its mandate holds no more, or a bill of it needs nobody's payment: a closer look is worth it. */
    readonly isDoubtful: boolean;
  };

/** Nothing is locked; each is looked up by itself (`offset 0`), whatever the planner knows of the tables. */
export function nextUnsent(
  tx: Tx,
  { billerId, state }: { billerId: number; state: Unsent },
  after: ReviewCursor | undefined,
  limit: number,
): Promise<Reviewed[]> {
  return tx.query<Reviewed>(
    `select o.biller_id as "billerId", o.debit_id as "debitId", o.mandate_biller_id as "mandateBillerId", o.mandate_id as "mandateId",
            o.send_on as "sendOn", o.approval_id as "approvalId",
            m.state <> 'accepted' or m.valid_until < o.collect_on
              or not exists (select from mandate_cover c where c.biller_id = o.biller_id and c.mandate_biller_id = o.mandate_biller_id
                                and c.mandate_id = o.mandate_id and c.state = 'accepted' offset 0)
              or exists (select from debit_bill d
                          cross join lateral (
                            select status, expires_on from bill where biller_id = d.biller_id and bill_number = d.bill_number offset 0) b
                          where d.biller_id = o.biller_id and d.debit_id = o.debit_id and d.live
                            and (b.status <> 'open' or b.expires_on < d.owed_as_of) offset 0) as "isDoubtful"
       from (select * from debit_order
              where biller_id = $1 and state = '${state}' and (send_on, debit_id) > ($2::date, $3::uuid)
              order by send_on, debit_id limit $4) o
      cross join lateral (
        select state, valid_until from mandate where biller_id = o.mandate_biller_id and mandate_id = o.mandate_id offset 0) m
      order by o.send_on, o.debit_id`,
    [
      billerId,
      after?.sendOn ?? '0001-01-01',
      after?.debitId ?? '00000000-0000-0000-0000-000000000000',
      limit,
    ],
  );
}

export async function setSums(
  tx: Tx,
  billerId: number,
  sums: readonly { readonly debitId: Uuid; readonly amountMinor: bigint }[],
): Promise<void> {
  for (const { debitId, amountMinor } of sums)
    await tx.query('update debit_order set amount_minor = $3 where biller_id = $1 and debit_id = $2', [
      billerId,
      debitId,
      amountMinor,
    ]);
}

export interface UnsentDay {
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
  readonly channelId: number;
}

/** Days on which something that no bank has seen is to be collected. */
export function unsentDays(tx: Tx, billerId: number): Promise<UnsentDay[]> {
  return tx.query<UnsentDay>(
    `select distinct collect_on as "collectOn", send_on as "sendOn", channel_id::int as "channelId" from debit_order
      where biller_id = $1 and state in ('planned', 'held')`,
    [billerId],
  );
}

/** Of a day and channel, so many at once. What others have locked is left for the next time. */
export async function lockDay(
  tx: Tx,
  billerId: number,
  { collectOn, sendOn, channelId }: UnsentDay,
  limit: number,
): Promise<Debit[]> {
  const rows = await tx.query<DebitRow>(
    `select ${DEBIT_COLUMNS} from debit_order o
      where o.biller_id = $1 and o.state in ('planned', 'held') and o.collect_on = $2::date and o.send_on = $3::date and o.channel_id = $4
      order by o.debit_id limit $5 for no key update skip locked`,
    [billerId, collectOn, sendOn, channelId, limit],
  );
  return rows.map(toDebit);
}
