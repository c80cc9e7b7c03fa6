// SQL of how an agency collects from its payers' accounts.

import type { Method } from '../../channels/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface DebitTerms {
  readonly billerId: number;
  /** The operator's account whose bank takes the files. */
  readonly accountId: number;
  readonly bankId: number;
  /** The creditor's identification with its banks. */
  readonly schemeId: string | null;
  readonly overCeiling: 'split' | 'hold';
  /** Days after a failed debit on which it is tried again. */
  readonly retryDays: readonly number[];
  readonly method: Method;
  /** Which word of the bank pays the bills. */
  readonly paidAt: 'settled' | 'accepted';
}

/** With what the system notes of itself. */
export interface StandingTerms extends DebitTerms {
  /** When the last planning began that came to its end; before the first, when the terms were set. */
  readonly plannedAt: Date | null;
}

/** undefined: it collects nothing by itself. */
export async function readDebitTerms(tx: Tx, billerId: number): Promise<StandingTerms | undefined> {
  const [row] = await tx.query<{
    account_id: number;
    bank_id: number;
    scheme_id: string | null;
    over_ceiling: DebitTerms['overCeiling'];
    retry_days: number[];
    method: Method;
    paid_at: DebitTerms['paidAt'];
    planned_at: Date | null;
  }>(
    `select t.account_id, a.bank_id, t.scheme_id, t.over_ceiling, t.retry_days, t.method, t.paid_at, t.planned_at
       from debit_terms t join bank_account a using (account_id) where t.biller_id = $1`,
    [billerId],
  );
  return (
    row && {
      billerId,
      accountId: row.account_id,
      bankId: row.bank_id,
      schemeId: row.scheme_id,
      overCeiling: row.over_ceiling,
      retryDays: row.retry_days,
      method: row.method,
      paidAt: row.paid_at,
      plannedAt: row.planned_at,
    }
  );
}

/** From the first time on the agency collects: what the worker misses after that is not the payers' delay. */
export async function putDebitTerms(tx: Tx, terms: Omit<DebitTerms, 'bankId'>): Promise<void> {
  await tx.query(
    `insert into debit_terms (biller_id, account_id, scheme_id, over_ceiling, retry_days, method, paid_at, planned_at)
     values ($1, $2, $3, $4, $5, $6, $7, business_now())
     on conflict (biller_id) do update set account_id = excluded.account_id, scheme_id = excluded.scheme_id,
       over_ceiling = excluded.over_ceiling, retry_days = excluded.retry_days, method = excluded.method, paid_at = excluded.paid_at`,
    [
      terms.billerId,
      terms.accountId,
      terms.schemeId,
      terms.overCeiling,
      [...terms.retryDays],
      terms.method,
      terms.paidAt,
    ],
  );
}

/** All that was known at `at` and had to be planned by then is. */
export async function notePlanned(tx: Tx, billerId: number, at: Date): Promise<void> {
  await tx.query('update debit_terms set planned_at = greatest(planned_at, $2) where biller_id = $1', [
    billerId,
    at,
  ]);
}
