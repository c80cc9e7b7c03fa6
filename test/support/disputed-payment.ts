// What a payment that was disputed has come to, read from the tables alone.
import type { Database } from '../../src/platform/db/index.ts';

/** By account, what all journals that name the payment add up to, debit positive, zeros left out. */
export async function netOf(db: Database, uuid: string): Promise<Record<string, bigint>> {
  const rows = await db.transaction((tx) =>
    tx.query<{ code: string; net: bigint }>(
      `select a.code, sum(o.amount_minor)::bigint as net from journal j
         join posting o using (biller_id, journal_id) join account a using (biller_id, account_no)
        where j.payment_id = $1 group by a.code having sum(o.amount_minor) <> 0`,
      [uuid],
    ),
  );
  return Object.fromEntries(rows.map(({ code, net }) => [code, net]));
}

export interface DisputedPayment {
  readonly status: string;
  readonly billStatus: string;
  readonly paidOut: number;
  readonly reversals: number;
  readonly total: bigint;
  readonly credit: bigint;
}

/** Of a bill whose payer is named as the bill. `paidOut`: disputes about it that gave money back. */
export async function stateOf(db: Database, uuid: string, billNumber: string): Promise<DisputedPayment> {
  const [row] = await db.transaction((tx) =>
    tx.query<DisputedPayment>(
      `select p.status, (p.amount_minor + p.fee_minor)::bigint as total,
              (select status from bill b where b.biller_id = p.biller_id and b.bill_number = $2) as "billStatus",
              (select count(*)::int from dispute d where d.payment_id = p.payment_id
                and d.outcome in ('refund-to-credit', 'chargeback', 'absorb')) as "paidOut",
              (select count(*)::int from reversal r where r.payment_id = p.payment_id) as reversals,
              coalesce((select c.available_minor from credit c where c.biller_id = p.biller_id and c.currency = p.currency
                and c.payer_id = $2), 0) as credit
         from payment p where p.payment_id = $1`,
      [uuid, billNumber],
    ),
  );
  if (row === undefined) throw new Error(`no payment ${uuid}`);
  return row;
}
