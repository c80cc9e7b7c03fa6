// SQL of remittances as the operator looks at them, whoever's they are.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RemittanceRow } from './store-remittance.ts';

export interface ListWish {
  readonly billerCode: string | null;
  /** null: those under way. */
  readonly state: string | null;
  readonly limit: number;
}

export interface ListedRow extends RemittanceRow {
  code: string;
  business_date: BusinessDate;
  shown_number: string | null;
  file_name: string | null;
  file_state: string | null;
}

const SELECT = `select r.*, l.code, s.business_date, a.shown_number, f.name as file_name, f.state as file_state
  from remittance r
  join biller l on l.biller_id = r.biller_id
  join settlement_batch s on s.biller_id = r.biller_id and s.settlement_id = r.settlement_id
  left join remittance_account a on a.biller_id = r.biller_id and a.unit = r.unit and a.version = r.account_version
  left join order_file f on f.file_id = r.file_id`;

/** Oldest first. */
export function listed(tx: Tx, { billerCode, state, limit }: ListWish): Promise<ListedRow[]> {
  return tx.query<ListedRow>(
    `${SELECT}
      where ($1::text is null or l.code = $1)
        and case when $2::text is null then r.state in ('planned', 'approved', 'sent') else r.state = $2 end
      order by s.business_date, l.code, r.unit, r.attempt limit $3`,
    [billerCode, state, limit],
  );
}

export async function listedOne(
  tx: Tx,
  billerId: number,
  remittanceId: Uuid,
): Promise<ListedRow | undefined> {
  const [row] = await tx.query<ListedRow>(`${SELECT} where r.biller_id = $1 and r.remittance_id = $2`, [
    billerId,
    remittanceId,
  ]);
  return row;
}
