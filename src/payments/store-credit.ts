// A payer's money without a bill: one row per (biller, payer, currency); payer '' is suspense. `since` is when what he
// has began to be more than nothing: its age is what the alarm goes by. `direct_minor` of it lies with the biller.

import { plainArray, textArray, type Statement, type Tx } from '../platform/db/index.ts';
import type { Payment, PaymentLine } from './payment.ts';

const ADD: Statement = {
  name: 'payments_add_credit',
  text: `insert into credit (biller_id, payer_id, currency, available_minor, since, direct_minor)
select biller_id, payer_id, currency, sum(minor)::bigint, min(at), coalesce(sum(minor) filter (where is_direct), 0)::bigint
  from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::boolean[])
       as held(biller_id, payer_id, currency, minor, at, is_direct)
 group by 1, 2, 3 order by 1, 2, 3
on conflict (biller_id, payer_id, currency) do update set available_minor = credit.available_minor + excluded.available_minor,
   direct_minor = credit.direct_minor + excluded.direct_minor,
   since = case credit.available_minor when 0 then excluded.since else credit.since end`,
};

/** Money that becomes payers' credit; a payer of null is suspense. */
export type Credited = Pick<Payment, 'billerId' | 'currency' | 'acceptedAt'> & {
  readonly lines: readonly Pick<PaymentLine, 'payerId' | 'amountMinor'>[];
  /** It lies on the biller's own account, and not with the operator. */
  readonly isWithBiller?: boolean;
};

/** Takes only lines that became credit. */
export function addCredit(tx: Tx, payments: readonly Credited[]): Promise<unknown> {
  const lines = payments.flatMap(({ billerId, currency, acceptedAt, lines, isWithBiller = false }) =>
    lines.map((line) => ({ ...line, billerId, currency, acceptedAt, isWithBiller })),
  );
  return tx.run(ADD, [
    plainArray(lines, (l) => l.billerId),
    textArray(lines, (l) => l.payerId ?? ''),
    plainArray(lines, (l) => l.currency),
    plainArray(lines, (l) => l.amountMinor),
    textArray(lines, (l) => l.acceptedAt),
    plainArray(lines, (l) => l.isWithBiller),
  ]);
}

export interface TakenCredit {
  readonly billerId: number;
  readonly payerId: string | null;
  readonly currency: string;
  readonly amountMinor: bigint;
  /** From where it is taken: what lies with the biller never stands in for what the operator holds. */
  readonly isWithBiller?: boolean;
}

/** Takes credit back. False when some of it has been used: the caller must then roll back, for part may be taken. */
export async function takeCredit(tx: Tx, lines: readonly TakenCredit[]): Promise<boolean> {
  const rows = await tx.query(
    `with wanted as (
       select biller_id, payer_id, currency, sum(minor)::bigint as minor,
              coalesce(sum(minor) filter (where is_direct), 0)::bigint as direct
         from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::boolean[])
              as w(biller_id, payer_id, currency, minor, is_direct)
        group by 1, 2, 3
     )
     update credit c set available_minor = c.available_minor - w.minor, direct_minor = c.direct_minor - w.direct
       from wanted w
      where c.biller_id = w.biller_id and c.payer_id = w.payer_id and c.currency = w.currency
        and c.direct_minor >= w.direct and c.available_minor - c.direct_minor >= w.minor - w.direct
     returning c.payer_id`,
    [
      plainArray(lines, (l) => l.billerId),
      textArray(lines, (l) => l.payerId ?? ''),
      plainArray(lines, (l) => l.currency),
      plainArray(lines, (l) => l.amountMinor),
      plainArray(lines, (l) => l.isWithBiller ?? false),
    ],
  );
  return rows.length === new Set(lines.map((l) => `${l.billerId} ${l.payerId ?? ''}`)).size;
}
