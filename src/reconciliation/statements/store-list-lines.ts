// SQL of lines of statements as people see them: what the bank says, what each was found to be, and the breaks about it.
// Reads only, by keys; what there may be thousands of, the remittances of one order, is cut and counted.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { LineOutcome } from './outcomes.ts';

export interface LinesWish {
  readonly fileId: Uuid;
  /** null: all of the file. */
  readonly statementId: Uuid | null;
  /** null: whatever they are. */
  readonly outcome: LineOutcome | 'waiting' | null;
  /** null: from the first. */
  readonly after: LineKey | null;
  readonly limit: number;
}

export interface LineKey {
  readonly statementId: Uuid;
  readonly line: number;
}

export interface ListedLine {
  statement_id: Uuid;
  line: number;
  account: string | null;
  biller: string | null;
  booked_on: string;
  valued_on: string | null;
  currency: string;
  amount_minor: bigint;
  is_reversal: boolean;
  bank_reference: string | null;
  end_to_end_id: string | null;
  code: string | null;
  counterparty: string | null;
  counterparty_account: string | null;
  text: string;
  place: string;
  outcome: LineOutcome | 'waiting';
  parts: number;
  matches: MatchOfLine[] | null;
  breaks: BreakOfLine[] | null;
}

export interface MatchOfLine {
  kind: string;
  biller: string | null;
  channel: string | null;
  subject_id: Uuid | null;
  subject_line: number | null;
  amount_minor: string;
  approval_id: Uuid | null;
  journal: string | null;
  postings: { account: string; party: string | null; amount_minor: string; currency: string }[] | null;
}

export interface BreakOfLine {
  break_id: Uuid;
  kind: string;
  state: string;
}

const MOST_MATCHES = 20;

const MATCHES = `
  select json_agg(json_build_object('kind', m.kind, 'biller', b.code, 'channel', c.code, 'subject_id', m.subject_id, 'subject_line', m.subject_line,
           'amount_minor', m.amount_minor::text, 'approval_id', m.approval_id, 'journal', j.kind, 'postings', p.postings) order by m.part)
    from (select * from statement_match m where m.statement_id = l.statement_id and m.line = l.line order by m.part limit ${MOST_MATCHES}) m
    left join biller b on b.biller_id = m.biller_id
    left join channel c on c.channel_id = m.channel_id
    left join journal j on j.biller_id = m.biller_id and j.journal_id = m.journal_id
    left join lateral (
      select json_agg(json_build_object('account', a.code, 'party', coalesce(d.code, n.code), 'amount_minor', p.amount_minor::text,
               'currency', a.currency) order by p.line) as postings
        from posting p join account a on a.biller_id = p.biller_id and a.account_no = p.account_no
        left join channel d on d.channel_id = a.channel_id and a.code <> 'bank'
        left join bank_account n on n.account_id = a.channel_id and a.code = 'bank'
       where p.biller_id = j.biller_id and p.journal_id = j.journal_id) p on true`;

const LISTED = `select l.statement_id, l.line, n.code as account, o.code as biller, l.booked_on, l.valued_on, l.currency, l.amount_minor,
    l.is_reversal, l.bank_reference, l.end_to_end_id, l.code, l.counterparty, l.counterparty_account, l.text, l.place,
    coalesce(l.outcome, 'waiting') as outcome,
    (select count(*)::int from statement_match m where m.statement_id = l.statement_id and m.line = l.line) as parts,
    (${MATCHES}) as matches,
    (select json_agg(json_build_object('break_id', k.break_id, 'kind', k.kind, 'state', k.state) order by k.opened_at, k.break_id)
       from break k where k.statement_id = l.statement_id and k.line = l.line) as breaks
  from page join statement_line l using (statement_id, line)
  left join bank_account n on n.account_id = l.account_id left join biller o on o.biller_id = l.biller_id
  order by page.position, page.line`;

/** In the order of the file. */
export function listLines(tx: Tx, wish: LinesWish): Promise<ListedLine[]> {
  const { fileId, statementId, outcome, after, limit } = wish;
  return tx.query<ListedLine>(
    `with since as (select position from statement where statement_id = $4::uuid),
     page as materialized (
       select s.position, l.statement_id, l.line from statement s cross join lateral (
         select l.statement_id, l.line from statement_line l
          where l.statement_id = s.statement_id and ($3::text is null or coalesce(l.outcome, 'waiting') = $3)
            and (s.statement_id is distinct from $4::uuid or l.line > $5::int)
          order by l.line limit $6) l
        where s.file_id = $1 and s.state = 'read' and ($2::uuid is null or s.statement_id = $2)
          and s.position >= coalesce((select position from since), 0)
        order by s.position, l.line limit $6)
     ${LISTED}`,
    [fileId, statementId, outcome, after?.statementId ?? null, after?.line ?? null, limit],
  );
}

export async function readLine(tx: Tx, { statementId, line }: LineKey): Promise<ListedLine | undefined> {
  const [row] = await tx.query<ListedLine>(
    `with page as materialized (
       select s.position, l.statement_id, l.line from statement s join statement_line l using (statement_id)
        where l.statement_id = $1 and l.line = $2 and s.state = 'read')
     ${LISTED}`,
    [statementId, line],
  );
  return row;
}

/** Of a statement that counts. */
export async function fileOfStatement(tx: Tx, statementId: Uuid): Promise<Uuid | undefined> {
  const [row] = await tx.query<{ file_id: Uuid }>(
    `select file_id from statement where statement_id = $1 and state = 'read'`,
    [statementId],
  );
  return row?.file_id;
}
