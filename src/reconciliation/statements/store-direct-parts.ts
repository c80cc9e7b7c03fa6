// SQL of what debits have paid by the route direct, and of what was undone of that, date by date. Locks nothing.

import type { Uuid } from '../../kernel/ids.ts';
import type { DebitRef } from '../../mandates/debits/index.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { DebitPart } from './prove-direct.ts';

interface PartRow {
  debit_id: Uuid;
  payment_id: Uuid;
  channel_id: number;
  business_date: string;
  amount_minor: bigint;
  undone_on: string | null;
  is_proved: boolean;
}

/** Of debits `d`. */
const PARTS = `select distinct b.debit_id, p.payment_id, p.channel_id, p.business_date, p.amount_minor, r.business_date as undone_on,
       exists (select from direct_proof f where f.biller_id = p.biller_id and f.payment_id = p.payment_id) as is_proved
  from d join debit_bill b using (biller_id, debit_id)
  join payment p on p.biller_id = b.biller_id and p.payment_id = b.payment_id and p.route = 'direct'
  left join reversal r on r.biller_id = p.biller_id and r.payment_id = p.payment_id
 order by b.debit_id, p.payment_id`;

export interface DebitParts {
  /** Credit included; none once lines have proved some of it. */
  readonly paid: readonly DebitPart[];
  readonly back: readonly DebitPart[];
}

export async function directPartsOf(
  tx: Tx,
  billerId: number,
  debits: readonly DebitRef[],
): Promise<Map<Uuid, DebitParts>> {
  const ids = debits.filter((debit) => debit.billerId === billerId).map(({ debitId }) => debitId);
  if (ids.length === 0) return new Map();
  const rows = await tx.query<PartRow>(
    `with d as (select $1::int as biller_id, debit_id from unnest($2::uuid[]) as debit_id) ${PARTS}`,
    [billerId, plainArray(ids)],
  );
  const found = new Map<Uuid, PartRow[]>();
  for (const row of rows) {
    const others = found.get(row.debit_id);
    if (others === undefined) found.set(row.debit_id, [row]);
    else others.push(row);
  }
  return new Map([...found].map(([debitId, of]) => [debitId, toParts(of)]));
}

/** Of all debits of a file that the bank has not refused, together. */
export async function directPartsOfFile(tx: Tx, fileId: Uuid): Promise<DebitParts> {
  const rows = await tx.query<PartRow>(
    `with d as (select o.biller_id, o.debit_id from debit_order o where o.file_id = $1) ${PARTS}`,
    [fileId],
  );
  return toParts(rows);
}

function toParts(rows: readonly PartRow[]): DebitParts {
  const isProved = rows.some((row) => row.is_proved);
  const paid = rows.map((row) => ({
    paymentId: row.payment_id,
    channelId: row.channel_id,
    businessDate: row.business_date,
    amountMinor: row.amount_minor,
  }));
  const back = rows.flatMap(({ undone_on: undoneOn, channel_id: channelId, amount_minor: minor }) =>
    undoneOn === null ? [] : { paymentId: null, channelId, businessDate: undoneOn, amountMinor: -minor },
  );
  return { paid: isProved ? [] : paid, back };
}
