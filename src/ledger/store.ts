// SQL of the ledger. Journals are recorded by one statement: their own (`recordEntries`) or that of the room whose
// event they tell of, which then takes the parts from here. Each touched balance is written once, in sorted order, in
// the caller's own lane.

import { rowSource, type Column, type Shape, type Statement, type Tx } from '../platform/db/index.ts';
import type { Entries, JournalHead } from './entries.ts';

type EntryPosting = Entries['postings'][number];
type Sum = ReturnType<Entries['sums']>[number];

export interface EntryParts {
  /** Names of `with`: accounts seen for the first time, journals, postings and balances. */
  readonly sql: string;
  values(entries: Entries, lane: number): unknown[];
}

const JOURNAL: readonly Column<JournalHead>[] = [
  { name: 'biller_id', type: 'int', of: (j) => j.billerId },
  { name: 'journal_id', type: 'uuid', of: (j) => j.journalId },
  { name: 'kind', type: 'word', of: (j) => j.kind },
  { name: 'payment_id', type: 'uuid', of: (j) => j.paymentId },
  { name: 'business_date', type: 'date', of: (j) => j.businessDate },
  { name: 'recorded_at', type: 'timestamptz', of: (j) => j.recordedAt },
];
const POSTING: readonly Column<EntryPosting>[] = [
  { name: 'biller_id', type: 'int', of: (p) => p.billerId },
  { name: 'journal_id', type: 'uuid', of: (p) => p.journalId },
  { name: 'line', type: 'smallint', of: (p) => p.line },
  { name: 'account_no', type: 'bigint', of: (p) => p.account.accountNo },
  { name: 'amount_minor', type: 'bigint', of: (p) => p.amountMinor },
];
const SUM: readonly Column<Sum>[] = [
  { name: 'biller_id', type: 'int', of: (s) => s.billerId },
  { name: 'account_no', type: 'bigint', of: (s) => s.account.accountNo },
  { name: 'code', type: 'word', of: (s) => s.account.code },
  { name: 'channel_id', type: 'int', of: (s) => s.account.channelId },
  { name: 'currency', type: 'word', of: (s) => s.account.currency },
  { name: 'amount_minor', type: 'bigint', of: (s) => s.amountMinor },
];

/**
 * Takes parameters from `$first` on; `shape` is that of the journals. Locks the balances of the lane that the entries
 * touch, in (biller, account) order.
 */
export function entryParts(first: number, shape: Shape): EntryParts {
  const journals = rowSource(first, JOURNAL);
  const postings = rowSource(journals.next, POSTING);
  const sums = rowSource(postings.next, SUM);
  return {
    sql: `journals as (
  insert into journal (biller_id, journal_id, kind, payment_id, business_date, recorded_at)
  select * from ${journals.from(shape, 'j')}
), postings as (
  insert into posting (biller_id, journal_id, line, account_no, amount_minor) select * from ${postings.from('many', 'p')}
), accounts as (
  insert into account (biller_id, account_no, code, channel_id, currency)
  select * from ${sums.from('many', 's', ['biller_id', 'account_no', 'code', 'channel_id', 'currency'])}
  on conflict do nothing
), balances as (
  insert into balance (biller_id, account_no, lane, amount_minor)
  select biller_id, account_no, $${sums.next}::smallint, amount_minor
    from ${sums.from('many', 's', ['biller_id', 'account_no', 'amount_minor'])}
  on conflict (biller_id, account_no, lane) do update set amount_minor = balance.amount_minor + excluded.amount_minor
)`,
    values: (entries, lane) => [
      ...journals.values(shape, entries.journals),
      ...postings.values('many', entries.postings),
      ...sums.values('many', entries.sums()),
      lane,
    ],
  };
}

const PARTS = entryParts(1, 'many');
const RECORD: Statement = { name: 'ledger_record', text: `with ${PARTS.sql} select` };

/** Records journals by a statement of their own. Locks as `entryParts` does. */
export function recordEntries(tx: Tx, entries: Entries, lane: number): Promise<unknown> {
  return tx.run(RECORD, PARTS.values(entries, lane));
}
