// SQL of the remittances that may go: approved, held by nothing, by the account that they are paid from, with all that
// an order says of them. Locking them keeps two workers from putting one into two orders.

import { remittanceAccountSealId, type SealedNumber } from '../../billers/bank/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { toRemittance, type RemittanceRow } from '../remittances/index.ts';

/** The operator's accounts with something that may go. */
export async function accountsWithDue(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ pays_from: number }>(
    `select distinct pays_from from remittance where state = 'approved' and held is null order by 1`,
  );
  return rows.map((row) => row.pays_from);
}

export interface Due {
  readonly remittance: Remittance;
  readonly billerCode: string;
  readonly businessDate: BusinessDate;
  readonly creditor: SealedNumber & { readonly holder: string; readonly bic: string | null };
  /** Another account holds by now, or none. */
  readonly isOutdated: boolean;
}

interface DueRow extends RemittanceRow {
  code: string;
  business_date: BusinessDate;
  holder: string;
  bic: string | null;
  sealed_number: Buffer;
  shown_number: string;
  is_outdated: boolean;
}

/** At most `limit`, those first that go first; locked in the order of (biller, remittance). Those of others are waited for. */
export async function lockDue(tx: Tx, accountId: number, limit: number): Promise<Due[]> {
  const rows = await tx.query<DueRow>(
    `with due as (
       select biller_id, remittance_id from remittance
        where pays_from = $1 and state = 'approved' and held is null
        order by execute_on, planned_at, biller_id, remittance_id limit $2
     )
     select r.*, l.code, s.business_date, a.holder, a.bic, a.sealed_number, a.shown_number,
            a.ended_at is not null as is_outdated
       from due join remittance r using (biller_id, remittance_id)
       join biller l on l.biller_id = r.biller_id
       join settlement_batch s on s.biller_id = r.biller_id and s.settlement_id = r.settlement_id
       join remittance_account a on a.biller_id = r.biller_id and a.unit = r.unit and a.version = r.account_version
      where r.state = 'approved' and r.held is null
      order by r.biller_id, r.remittance_id for no key update of r`,
    [accountId, limit],
  );
  return rows.map((row) => ({
    remittance: toRemittance(row),
    billerCode: row.code,
    businessDate: row.business_date,
    creditor: {
      holder: row.holder,
      bic: row.bic,
      sealId: remittanceAccountSealId(row.biller_id, row.unit, row.account_version),
      sealedNumber: row.sealed_number,
      shownNumber: row.shown_number,
    },
    isOutdated: row.is_outdated,
  }));
}
