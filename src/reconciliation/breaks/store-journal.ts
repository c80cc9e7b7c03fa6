// SQL of the journals of resolutions, and of what they hold in suspense.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { BookedJournal } from './resolution.ts';
import type { StoredBreak } from './store-break.ts';

type Key = Pick<StoredBreak, 'billerId' | 'breakId'>;

export async function insertBreakJournals(
  tx: Tx,
  { billerId, breakId }: Key,
  of: { approvalId: Uuid; resolution: string; at: Date; journals: readonly BookedJournal[] },
): Promise<void> {
  for (const journal of of.journals)
    await tx.query(
      `insert into break_journal (biller_id, journal_id, break_biller_id, break_id, approval_id, resolution, currency,
         suspense_minor, payment_id, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        journal.billerId,
        journal.journalId,
        billerId,
        breakId,
        of.approvalId,
        of.resolution,
        journal.currency,
        journal.suspenseMinor,
        journal.paymentId ?? null,
        of.at,
      ],
    );
}

/** Books in whose suspense something lies by this break. */
export function readSuspense(
  tx: Tx,
  { billerId, breakId }: Key,
): Promise<{ biller_id: number; minor: bigint }[]> {
  return tx.query(
    `select biller_id, sum(suspense_minor)::bigint as minor from break_journal
      where break_biller_id = $1 and break_id = $2 group by 1 having sum(suspense_minor) > 0 order by 1`,
    [billerId, breakId],
  );
}

export interface JournalRow {
  biller_code: string | null;
  journal_id: Uuid;
  kind: string;
  business_date: string;
  resolution: string;
  payment_id: Uuid | null;
  code: string;
  /** The channel that the account is of, or the operator's bank account. */
  party: string | null;
  currency: string;
  amount_minor: bigint;
}

/**
 * With their postings, in the order in which they were recorded: what the resolution booked itself, and what it had its line
 * of a statement placed as (statement_match says that), the payment included that a deposit became.
 */
export function readJournals(tx: Tx, { billerId, breakId }: Key): Promise<JournalRow[]> {
  return tx.query<JournalRow>(
    `with booked as (
       select biller_id, journal_id, resolution, payment_id, recorded_at, 0 as part
         from break_journal where break_biller_id = $1 and break_id = $2
       union all
       select m.biller_id, j.journal_id, s.content ->> 'resolution', case when m.kind in ('deposit', 'taken-back') then m.subject_id end,
              m.recorded_at, 2 * m.part + j.at
         from break k
         join break_step s on s.biller_id = k.biller_id and s.break_id = k.break_id and s.action = 'resolved'
         join statement_match m on m.statement_id = k.statement_id and m.line = k.line and m.approval_id = s.approval_id
        cross join lateral (values (0, case when m.kind = 'deposit' then m.subject_id end), (1, m.journal_id)) as j(at, journal_id)
        where k.biller_id = $1 and k.break_id = $2)
     select b.code as biller_code, x.journal_id, j.kind, j.business_date, x.resolution, x.payment_id, a.code, coalesce(c.code, n.code) as party,
            a.currency, p.amount_minor
       from booked x
       join journal j on j.biller_id = x.biller_id and j.journal_id = x.journal_id
       join posting p on p.biller_id = x.biller_id and p.journal_id = x.journal_id
       join account a on a.biller_id = p.biller_id and a.account_no = p.account_no
       left join biller b on b.biller_id = x.biller_id
       left join channel c on c.channel_id = a.channel_id and a.code <> 'bank'
       left join bank_account n on n.account_id = a.channel_id and a.code = 'bank'
      order by j.recorded_at, x.part, j.journal_id, p.line`,
    [billerId, breakId],
  );
}
