// A payer's money without a bill: one row per (biller, payer, currency); payer '' is suspense. `since` is when what he
// has began to be more than nothing: its age is what the alarm goes by.

import { plainArray, textArray, type Statement, type Tx } from '../platform/db/index.ts';
import type { Payment, PaymentLine } from './payment.ts';

const ADD: Statement = {
  name: 'payments_add_credit',
  text: `insert into credit (biller_id, payer_id, currency, available_minor, since)
select biller_id, payer_id, currency, sum(minor)::bigint, min(at)
  from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[]) as held(biller_id, payer_id, currency, minor, at)
 group by 1, 2, 3 order by 1, 2, 3
on conflict (biller_id, payer_id, currency) do update set available_minor = credit.available_minor + excluded.available_minor,
   since = case credit.available_minor when 0 then excluded.since else credit.since end`,
};

type Credited = Pick<Payment, 'billerId' | 'currency' | 'acceptedAt'> & {
  readonly lines: readonly Pick<PaymentLine, 'payerId' | 'amountMinor'>[];
};

/** Takes only lines that became credit. */
export function addCredit(tx: Tx, payments: readonly Credited[]): Promise<unknown> {
  const lines = payments.flatMap(({ billerId, currency, acceptedAt, lines }) =>
    lines.map((line) => ({ ...line, billerId, currency, acceptedAt })),
  );
  return tx.run(ADD, [
    plainArray(lines, (l) => l.billerId),
    textArray(lines, (l) => l.payerId ?? ''),
    plainArray(lines, (l) => l.currency),
    plainArray(lines, (l) => l.amountMinor),
    textArray(lines, (l) => l.acceptedAt),
  ]);
}

/** Takes credit back. False when some of it has been used: the caller must then roll back, for part may be taken. */
export async function takeCredit(
  tx: Tx,
  lines: readonly { billerId: number; payerId: string | null; currency: string; amountMinor: bigint }[],
): Promise<boolean> {
  const rows = await tx.query(
    `with wanted as (
       select biller_id, payer_id, currency, sum(minor)::bigint as minor
         from unnest($1::int[], $2::text[], $3::text[], $4::bigint[]) as w(biller_id, payer_id, currency, minor)
        group by 1, 2, 3
     )
     update credit c set available_minor = c.available_minor - w.minor from wanted w
      where c.biller_id = w.biller_id and c.payer_id = w.payer_id and c.currency = w.currency
        and c.available_minor >= w.minor
     returning c.payer_id`,
    [
      plainArray(lines, (l) => l.billerId),
      textArray(lines, (l) => l.payerId ?? ''),
      plainArray(lines, (l) => l.currency),
      plainArray(lines, (l) => l.amountMinor),
    ],
  );
  return rows.length === new Set(lines.map((l) => `${l.billerId} ${l.payerId ?? ''}`)).size;
}
