// SQL of whether another try of a debit could come at all: its mandate holds, and something that it collected is open.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef } from '../debits/index.ts';
import { IS_COVERED, TAKEN_UP_ANEW } from './store-retry.ts';

export interface RetryChance {
  readonly mandateState: string;
  readonly validUntil: BusinessDate | null;
  /** The last day on which a bill of it can be paid that is open by now, and that no other debit collects; null: there is none. */
  readonly payableUntil: BusinessDate | null;
}

/** By debit, as this transaction sees it: of one that is returned, behind the undoing of what it paid. */
export async function retryChances(tx: Tx, debits: readonly DebitRef[]): Promise<Map<Uuid, RetryChance>> {
  if (debits.length === 0) return new Map();
  const rows = await tx.query<RetryChance & { debitId: Uuid }>(
    `select o.debit_id as "debitId", m.state as "mandateState", m.valid_until as "validUntil", b.until as "payableUntil"
       from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      cross join lateral (
        select max(coalesce(b.expires_on, '9999-12-31'::date)) as until
          from debit_bill d
          join bill b on b.biller_id = d.biller_id and b.bill_number = d.bill_number and b.status = 'open' and b.amount_minor is not null
         where d.biller_id = o.biller_id and d.debit_id = o.debit_id
           and coalesce(d.outcome, '') not in ('paid-elsewhere', 'withdrawn')
           and not ${TAKEN_UP_ANEW} and ${IS_COVERED}) b`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return new Map(rows.map(({ debitId, ...chance }) => [debitId, chance]));
}

/** What would collect on this day can come, as far as is known by now. */
export function canComeOn(
  on: BusinessDate,
  { mandateState, validUntil, payableUntil }: RetryChance,
): boolean {
  if (mandateState !== 'accepted' || (validUntil !== null && on > validUntil)) return false;
  return payableUntil !== null && on <= payableUntil;
}
