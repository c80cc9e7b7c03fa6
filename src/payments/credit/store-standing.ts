// SQL that looks at payers' credit: what there is, since when, and whose is older than its biller allows.

import type { Tx } from '../../platform/db/index.ts';

export interface CreditRow {
  payer_id: string;
  currency: string;
  available_minor: bigint;
  direct_minor: bigint;
  since: Date;
  days: number;
}

/** Of one biller, by payer; suspense, which is nobody's, first. */
export function listCredit(
  tx: Tx,
  billerId: number,
  after: string | null,
  limit: number,
): Promise<CreditRow[]> {
  return tx.query<CreditRow>(
    `select payer_id, currency, available_minor, direct_minor, since,
            greatest(0, floor(extract(epoch from business_now() - since) / 86400))::int as days
       from credit
      where biller_id = $1 and available_minor > 0 and ($2::text is null or payer_id > $2)
      order by payer_id, currency limit $3`,
    [billerId, after, limit],
  );
}

export interface Available {
  /** All of it, wherever it lies. */
  readonly minor: bigint;
  /** What of it lies on the biller's own account. */
  readonly withBillerMinor: bigint;
}

/** Locks nothing. */
export async function readAvailable(
  tx: Tx,
  { billerId, payerId, currency }: { billerId: number; payerId: string; currency: string },
): Promise<Available> {
  const [row] = await tx.query<{ available_minor: bigint; direct_minor: bigint }>(
    'select available_minor, direct_minor from credit where biller_id = $1 and payer_id = $2 and currency = $3',
    [billerId, payerId, currency],
  );
  return { minor: row?.available_minor ?? 0n, withBillerMinor: row?.direct_minor ?? 0n };
}

export interface AgeRow {
  code: string;
  oldest_days: number;
  overdue: number;
}

/** `overdue`: payers whose credit is older than the biller's credit_alarm_days. */
export function readAges(tx: Tx): Promise<AgeRow[]> {
  return tx.query<AgeRow>(
    `select b.code, coalesce(max(extract(epoch from business_now() - c.since) / 86400), 0)::float8 as oldest_days,
            (count(*) filter (where c.since < business_now() - b.credit_alarm_days * interval '1 day'))::int as overdue
       from biller b left join credit c on c.biller_id = b.biller_id and c.available_minor > 0
      group by b.code order by b.code`,
  );
}
