// SQL of the ledger. One statement records a whole group: journals, postings, accounts seen for the first time,
// and each touched balance once, in sorted order, in the caller's own lane.

import { plainArray, textArray, type Statement, type Tx } from '../platform/db/index.ts';
import type { Entries } from './entries.ts';

const RECORD: Statement = {
  name: 'ledger_record',
  text: `
with journals as (
  insert into journal (biller_id, journal_id, kind, payment_id, business_date, recorded_at)
  select * from unnest($1::int[], $2::uuid[], $3::text[], $4::uuid[], $5::date[], $6::timestamptz[])
), postings as (
  insert into posting (biller_id, journal_id, line, account_no, amount_minor)
  select * from unnest($7::int[], $8::uuid[], $9::smallint[], $10::bigint[], $11::bigint[])
), accounts as (
  insert into account (biller_id, account_no, code, channel_id, currency)
  select * from unnest($12::int[], $13::bigint[], $14::text[], $15::int[], $16::text[])
  on conflict do nothing
)
insert into balance (biller_id, account_no, lane, amount_minor)
select biller_id, account_no, $17::smallint, amount_minor
  from unnest($12::int[], $13::bigint[], $18::bigint[]) as sum(biller_id, account_no, amount_minor)
on conflict (biller_id, account_no, lane) do update set amount_minor = balance.amount_minor + excluded.amount_minor`,
};

/** Locks the balances of `lane` that the entries touch, in (biller, account) order. */
export function recordEntries(tx: Tx, entries: Entries, lane: number): Promise<unknown> {
  const { journals, postings } = entries;
  const sums = entries.sums();
  return tx.run(RECORD, [
    plainArray(journals, (j) => j.billerId),
    plainArray(journals, (j) => j.journalId),
    plainArray(journals, (j) => j.kind),
    plainArray(journals, (j) => j.paymentId),
    plainArray(journals, (j) => j.businessDate),
    textArray(journals, (j) => j.recordedAt),
    plainArray(postings, (p) => p.billerId),
    plainArray(postings, (p) => p.journalId),
    plainArray(postings, (p) => p.line),
    plainArray(postings, (p) => p.account.accountNo),
    plainArray(postings, (p) => p.amountMinor),
    plainArray(sums, (s) => s.billerId),
    plainArray(sums, (s) => s.account.accountNo),
    textArray(sums, (s) => s.account.code),
    plainArray(sums, (s) => s.account.channelId),
    plainArray(sums, (s) => s.account.currency),
    lane,
    plainArray(sums, (s) => s.amountMinor),
  ]);
}
