// SQL of what a lot of lines names: each thing by its key, for all lines of the lot at once. Locks nothing.

import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { textArray, type Tx } from '../../platform/db/index.ts';
import type { RemittanceState } from '../../settlement/index.ts';
import type { ChannelFact, OrderFact, OriginalFact, RemittanceFact } from './facts.ts';

interface RemittanceRow {
  biller_id: number;
  remittance_id: Uuid;
  end_to_end_id: string;
  pays_from: number | null;
  amount_minor: bigint;
  state: RemittanceState;
  underway: boolean;
  confirm_journal: Uuid | null;
  return_journal: Uuid | null;
  matched: string[] | null;
}

/** By end-to-end id. */
export async function remittancesNamed(tx: Tx, ids: readonly string[]): Promise<Map<string, RemittanceFact>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<RemittanceRow>(
    `select r.biller_id, r.remittance_id, r.end_to_end_id, r.pays_from, r.amount_minor, r.state,
            coalesce(f.state = 'made' and f.offered_at is null, false) as underway,
            s.confirm_journal, s.return_journal, m.matched
       from remittance r left join order_file f on f.file_id = r.file_id
      cross join lateral (
        select max(journal_id::text) filter (where state = 'confirmed')::uuid as confirm_journal,
               max(journal_id::text) filter (where state = 'returned')::uuid as return_journal
          from remittance_step s where s.biller_id = r.biller_id and s.remittance_id = r.remittance_id) s
      cross join lateral (
        select array_agg(kind) as matched from statement_match where subject_id = r.remittance_id) m
      where r.end_to_end_id = any($1::text[])`,
    [textArray(ids)],
  );
  return new Map(
    rows.map((row) => [
      row.end_to_end_id,
      {
        billerId: row.biller_id,
        remittanceId: row.remittance_id,
        endToEndId: row.end_to_end_id,
        paysFrom: row.pays_from,
        amountMinor: row.amount_minor,
        state: row.state,
        isUnderway: row.underway,
        confirmJournal: row.confirm_journal,
        returnJournal: row.return_journal,
        isProved: row.matched?.some((kind) => kind === 'remittance' || kind === 'order-total') ?? false,
        isBack: row.matched?.includes('returned') ?? false,
      },
    ]),
  );
}

/** By message id. */
export async function ordersNamed(tx: Tx, ids: readonly string[]): Promise<Map<string, OrderFact>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{
    file_id: Uuid;
    message_id: string;
    account_id: number;
    underway: boolean;
    live_minor: bigint;
    matched_by: string[] | null;
  }>(
    `select f.file_id, f.message_id, f.account_id, f.state = 'made' and f.offered_at is null as underway,
            (select coalesce(sum(amount_minor), 0)::bigint from remittance r where r.file_id = f.file_id and r.state <> 'rejected') as live_minor,
            (select array_agg(distinct m.statement_id || ':' || m.line) from remittance r
               join statement_match m on m.subject_id = r.remittance_id and m.kind in ('remittance', 'order-total')
              where r.file_id = f.file_id) as matched_by
       from order_file f where f.message_id = any($1::text[]) and f.kind = 'transfer'`,
    [textArray(ids)],
  );
  return new Map(
    rows.map((row) => [
      row.message_id,
      {
        fileId: row.file_id,
        messageId: row.message_id,
        accountId: row.account_id,
        isUnderway: row.underway,
        liveMinor: row.live_minor,
        matchedBy: row.matched_by ?? [],
      },
    ]),
  );
}

interface ChannelRow {
  channel_id: number;
  code: string;
  funding: ChannelFact['funding'];
  account: string | null;
}

/** Channels of others, by the account that they pay from and by code. */
export async function channelsNamed(
  tx: Tx,
  accounts: readonly string[],
  codes: readonly string[],
): Promise<{ byAccount: Map<string, ChannelFact>; byCode: Map<string, ChannelFact> }> {
  const rows =
    accounts.length + codes.length === 0
      ? []
      : await tx.query<ChannelRow>(
          `select c.channel_id, c.code, c.funding, a.account
             from channel c left join channel_account a on a.channel_id = c.channel_id and a.account = any($1::text[])
            where c.kind <> 'deposit' and (a.account is not null or c.code = any($2::text[]))`,
          [textArray(accounts), textArray(codes)],
        );
  const byAccount = new Map<string, ChannelFact>();
  const byCode = new Map<string, ChannelFact>();
  for (const { channel_id, code, funding, account } of rows) {
    const fact = { channelId: channel_id, code, funding };
    byCode.set(code, fact);
    if (account !== null) byAccount.set(account, fact);
  }
  return { byAccount, byCode };
}

/** What reversals take back: the latest booking under the same reference of the bank, of as much the other way. */
export async function originalsOf(
  tx: Tx,
  statementId: Uuid,
  lines: readonly number[],
): Promise<Map<number, OriginalFact>> {
  if (lines.length === 0) return new Map();
  const rows = await tx.query<{
    line: number;
    statement_id: Uuid;
    original: number;
    outcome: string | null;
    taken_back: boolean;
    channel_id: number | null;
  }>(
    `select l.line, o.statement_id, o.line as original, o.outcome, o.channel_id,
            exists (select from statement_match t where t.kind = 'takes-back' and t.subject_id = o.statement_id and t.subject_line = o.line) as taken_back
       from statement_line l cross join lateral (
         select o.statement_id, o.line, o.outcome,
                (select m.channel_id from statement_match m where m.statement_id = o.statement_id and m.line = o.line and m.channel_id is not null limit 1) as channel_id
           from statement_line o join statement s on s.statement_id = o.statement_id
          where o.bank_reference = l.bank_reference and o.amount_minor = -l.amount_minor and not o.is_reversal
            and o.account_id = l.account_id and s.sifted_at is not null and o.outcome is distinct from 'repeated'
          order by o.booked_on desc, s.sifted_at desc, o.line desc limit 1) o
      where l.statement_id = $1 and l.line = any($2::int[])`,
    [statementId, [...lines]],
  );
  return new Map(
    rows.map((row) => [
      row.line,
      {
        statementId: row.statement_id,
        line: row.original,
        outcome: row.outcome,
        isTakenBack: row.taken_back,
        channelId: row.channel_id,
      },
    ]),
  );
}

const DAYS_AROUND = 5;

/** Remittances of the same amount that may be what an unplaced line is, by line: at most five each. */
export async function candidatesFor(
  tx: Tx,
  statementId: Uuid,
  lines: readonly number[],
): Promise<Map<number, Json>> {
  if (lines.length === 0) return new Map();
  const rows = await tx.query<{ line: number; candidates: Json }>(
    `select l.line, json_agg(json_build_object('remittanceId', c.remittance_id, 'billerId', c.biller_id,
              'endToEndId', c.end_to_end_id, 'state', c.state, 'valueDate', c.value_date)) as candidates
       from statement_line l cross join lateral (
         select r.* from remittance r
          where r.pays_from = l.account_id and r.amount_minor = abs(l.amount_minor)
            and (r.state = 'sent' or r.state = 'confirmed' and l.amount_minor > 0)
            and r.execute_on between l.booked_on - ${DAYS_AROUND} and l.booked_on + 1
          order by abs(r.execute_on - l.booked_on), r.end_to_end_id limit 5) c
      where l.statement_id = $1 and l.line = any($2::int[]) group by l.line`,
    [statementId, [...lines]],
  );
  return new Map(rows.map((row) => [row.line, row.candidates]));
}
