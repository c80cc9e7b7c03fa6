// SQL of debits that lines name: one by one, or a file of them whole. Whoever finds one is, until his transaction ends, the only
// one who decides what debits are credited by: lines of two accounts, and what persons take out of suspense, hold no lock in common.

import type { Route } from '../../channels/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { billerOf } from '../../kernel/ids.ts';
import type { DebitRef, DebitState, WordVerdict } from '../../mandates/debits/index.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { DebitFact, DebitFileFact } from './facts.ts';

interface DebitRow {
  biller_id: number;
  debit_id: Uuid;
  channel_id: number;
  currency: string;
  amount_minor: bigint;
  state: DebitState;
  is_with_bank: boolean;
  is_underway: boolean;
  account_id: number | null;
  route: Route | null;
  verdicts: WordVerdict[] | null;
  matched: string[] | null;
}

/** Read again once nobody else decides; nothing is locked where nothing is found. */
async function oneAtATime<Row>(tx: Tx, read: () => Promise<Row[]>): Promise<Row[]> {
  const rows = await read();
  if (rows.length === 0) return rows;
  await tx.query(`select pg_advisory_xact_lock(hashtext('wasit:debits-credited'), 0)`);
  return read();
}

/** By the end-to-end id that names them. */
export async function debitsNamed(
  tx: Tx,
  named: readonly { readonly name: string; readonly debitId: Uuid }[],
): Promise<Map<string, DebitFact>> {
  if (named.length === 0) return new Map();
  const read = () =>
    tx.query<DebitRow>(
      `select o.biller_id, o.debit_id, o.channel_id, o.currency, o.amount_minor, o.state,
            o.state <> 'dropped' and (o.way = 'api' or o.file_id is not null) as is_with_bank,
            coalesce(f.state = 'made' and f.offered_at is null, false) as is_underway,
            f.account_id, case when f.file_id is null then o.creditor_route when f.account_id is null then 'direct' else 'via-operator' end as route,
            w.verdicts, m.matched
       from unnest($1::int[], $2::uuid[]) as named(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id) left join order_file f on f.file_id = o.file_id
      cross join lateral (
        select array_agg(w.verdict order by w.word_id) as verdicts from debit_word w
         where w.biller_id = o.biller_id and w.debit_id = o.debit_id) w
      cross join lateral (
        select array_agg(kind) as matched from statement_match where subject_id = o.debit_id) m`,
      [plainArray(named, ({ debitId }) => billerOf(debitId)), plainArray(named, ({ debitId }) => debitId)],
    );
  const rows = await oneAtATime(tx, read);
  const names = new Map(named.map(({ name, debitId }) => [debitId, name]));
  return new Map(
    rows.map((row) => [names.get(row.debit_id) ?? '', toFact(row, names.get(row.debit_id) ?? '')]),
  );
}

function toFact(row: DebitRow, endToEndId: string): DebitFact {
  return {
    billerId: row.biller_id,
    debitId: row.debit_id,
    endToEndId,
    channelId: row.channel_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    state: row.state,
    isWithBank: row.is_with_bank,
    isUnderway: row.is_underway,
    accountId: row.account_id,
    route: row.route,
    verdicts: row.verdicts ?? [],
    isCredited: row.matched?.some((kind) => kind === 'debit' || kind === 'debit-total') ?? false,
    isBack: row.matched?.includes('debit-returned') ?? false,
  };
}

/** What the bank has not refused of a file, or has said to be settled: debits `o`. */
const NOT_REFUSED = `not exists (select from debit_word w where w.biller_id = o.biller_id and w.debit_id = o.debit_id and w.verdict = 'rejected')`;

/** By message id. */
export async function debitFilesNamed(
  tx: Tx,
  messageIds: readonly string[],
): Promise<Map<string, DebitFileFact>> {
  if (messageIds.length === 0) return new Map();
  const read = () =>
    tx.query<{
      file_id: Uuid;
      message_id: string;
      account_id: number | null;
      currency: string;
      underway: boolean;
      live_minor: bigint;
      prefunded: boolean;
      credited_alone: number;
      credited_by: string | null;
      biller_id: number | null;
    }>(
      `select f.file_id, f.message_id, f.account_id,
            case when f.account_id is null then (select min(o.biller_id) from debit_order o where o.file_id = f.file_id) end as biller_id, f.currency, f.state = 'made' and f.offered_at is null as underway,
            (select coalesce(sum(o.amount_minor), 0)::bigint from debit_order o where o.file_id = f.file_id and ${NOT_REFUSED}) as live_minor,
            exists (select from debit_order o join channel c using (channel_id) where o.file_id = f.file_id and c.funding = 'prefunded') as prefunded,
            m.alone as credited_alone, m.total as credited_by
       from order_file f cross join lateral (
         select count(*) filter (where m.kind = 'debit')::int as alone,
                max(m.statement_id || ':' || m.line) filter (where m.kind = 'debit-total') as total
           from debit_order o join statement_match m on m.subject_id = o.debit_id where o.file_id = f.file_id) m
      where f.message_id = any($1::text[]) and f.kind = 'debit'`,
      [textArray(messageIds)],
    );
  const rows = await oneAtATime(tx, read);
  return new Map(
    rows.map((row) => [
      row.message_id,
      {
        fileId: row.file_id,
        messageId: row.message_id,
        accountId: row.account_id,
        currency: row.currency,
        isUnderway: row.underway,
        liveMinor: row.live_minor,
        isPrefunded: row.prefunded,
        creditedAlone: row.credited_alone,
        creditedBy: row.credited_by,
        billerId: row.biller_id,
      },
    ]),
  );
}

export interface CreditedDebit extends DebitRef {
  readonly channelId: number;
  readonly amountMinor: bigint;
}

/** Debits of a file that the bank has not refused; `unsaid`: of which it has not said either that their money is there. */
export async function liveDebits(
  tx: Tx,
  fileId: Uuid,
  { unsaid, limit }: { unsaid: boolean; limit: number },
): Promise<CreditedDebit[]> {
  const rows = await tx.query<{
    biller_id: number;
    debit_id: Uuid;
    channel_id: number;
    amount_minor: bigint;
  }>(
    `select o.biller_id, o.debit_id, o.channel_id, o.amount_minor from debit_order o
      where o.file_id = $1 and ${NOT_REFUSED}
        and not ($2 and exists (select from debit_word w where w.biller_id = o.biller_id and w.debit_id = o.debit_id
                                   and w.verdict in ('settled', 'returned')))
      order by o.biller_id, o.debit_id limit $3`,
    [fileId, unsaid, limit],
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    debitId: row.debit_id,
    channelId: row.channel_id,
    amountMinor: row.amount_minor,
  }));
}
