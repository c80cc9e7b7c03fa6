// SQL of mandates on their way to banks: claimed by one worker at a time, sent once for each time they are submitted.

import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import { toMandate, type Mandate, type MandateRow } from '../mandates/index.ts';

export interface SubmissionRef {
  readonly billerId: number;
  readonly mandateId: Uuid;
  readonly submission: number;
}

export interface Waiting extends SubmissionRef {
  /** This one included. */
  readonly tries: number;
  readonly mandate: Mandate;
}

/** `leaseMs`: for so long nobody else sends them. Those whose mandate has moved on are done, and left out. */
export async function claimWaiting(
  tx: Tx,
  { channelId, limit, leaseMs }: { channelId: number; limit: number; leaseMs: number },
): Promise<Waiting[]> {
  const rows = await tx.query<MandateRow & { submission: number; tries: number }>(
    `with chosen as (
       select biller_id, mandate_id, submission from mandate_submission
        where channel_id = $1 and state = 'waiting' and try_at <= clock_timestamp()
        order by try_at limit $2 for update skip locked
     ), claimed as (
       update mandate_submission s
          set tries = s.tries + 1, try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
         from chosen c where (s.biller_id, s.mandate_id, s.submission) = (c.biller_id, c.mandate_id, c.submission)
       returning s.biller_id, s.mandate_id, s.submission, s.tries
     )
     select m.*, c.submission, c.tries from claimed c join mandate m using (biller_id, mandate_id)
      order by m.biller_id, m.mandate_id`,
    [channelId, limit, leaseMs],
  );
  const all = rows.map(({ submission, tries, ...row }) => ({ mandate: toMandate(row), submission, tries }));
  const isAsked = ({ mandate, submission }: (typeof all)[number]): boolean =>
    mandate.state === 'submitted' && mandate.submissions === submission && mandate.channelId === channelId;
  await endSubmissions(tx, all.filter((each) => !isAsked(each)).map(refOf));
  return all.filter(isAsked).map((each) => ({ ...each, ...refOf(each) }));
}

function refOf({ mandate, submission }: { mandate: Mandate; submission: number }): SubmissionRef {
  return { billerId: mandate.billerId, mandateId: mandate.mandateId, submission };
}

const NAMED = `(s.biller_id, s.mandate_id, s.submission) in (select * from unnest($1::int[], $2::uuid[], $3::int[]))`;

function named(refs: readonly SubmissionRef[]): string[] {
  return [
    plainArray(refs, (each) => each.billerId),
    plainArray(refs, (each) => each.mandateId),
    plainArray(refs, (each) => each.submission),
  ];
}

/** Nothing is waited for any more. */
export async function endSubmissions(
  tx: Tx,
  refs: readonly SubmissionRef[],
  failure?: string,
): Promise<void> {
  if (refs.length === 0) return;
  await tx.query(
    `update mandate_submission s set state = 'done', failure = coalesce($4, failure), changed_at = business_now() where ${NAMED}`,
    [...named(refs), failure?.slice(0, 500) ?? null],
  );
}

/** The bank has them, by a call or in this file. */
export async function noteSent(tx: Tx, refs: readonly SubmissionRef[], fileId: Uuid | null): Promise<void> {
  await tx.query(
    `update mandate_submission s set state = 'sent', file_id = $4, failure = null, changed_at = business_now()
      where state = 'waiting' and ${NAMED}`,
    [...named(refs), fileId],
  );
}

/** Not before `pauseMs`. `isUntried`: the attempt does not count. */
export async function putOff(
  tx: Tx,
  refs: readonly SubmissionRef[],
  { pauseMs, failure, isUntried = false }: { pauseMs: number; failure: string; isUntried?: boolean },
): Promise<void> {
  if (refs.length === 0) return;
  await tx.query(
    `update mandate_submission s
        set try_at = clock_timestamp() + make_interval(secs => $4::double precision / 1000), failure = $5,
            tries = tries - case when $6 then 1 else 0 end
      where state = 'waiting' and ${NAMED}`,
    [...named(refs), pauseMs, failure.slice(0, 500), isUntried],
  );
}

export interface OfFile extends SubmissionRef {
  readonly verdict: 'validated' | 'refused' | null;
  readonly isAsked: boolean;
  /** Masked. */
  readonly shownAccount: string;
}

/** What stands in a file, locked. `isAsked`: its mandate still waits for this word. */
export async function lockOfFile(tx: Tx, fileId: Uuid): Promise<OfFile[]> {
  const rows = await tx.query<{
    biller_id: number;
    mandate_id: Uuid;
    submission: number;
    verdict: OfFile['verdict'];
    is_asked: boolean;
    shown_account: string;
  }>(
    `select s.biller_id, s.mandate_id, s.submission, s.verdict, m.state = 'submitted' and m.submissions = s.submission as is_asked, m.shown_account
       from mandate_submission s join mandate m using (biller_id, mandate_id)
      where s.file_id = $1 order by s.biller_id, s.mandate_id, s.submission for no key update of s`,
    [fileId],
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    mandateId: row.mandate_id,
    submission: row.submission,
    verdict: row.verdict,
    isAsked: row.is_asked,
    shownAccount: row.shown_account,
  }));
}

/** They wait again, in no file. */
export async function takeOut(tx: Tx, fileId: Uuid): Promise<void> {
  await tx.query(
    `update mandate_submission set state = 'waiting', file_id = null, try_at = clock_timestamp(), changed_at = business_now()
      where file_id = $1 and state = 'sent'`,
    [fileId],
  );
}

/** In which file a request went: by the id of each, the message id of the file that it went in last. */
export async function messagesOf(
  tx: Tx,
  asked: readonly { readonly id: string; readonly mandateId: Uuid; readonly submission: number | null }[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; message_id: string }>(
    `select distinct on (a.id) a.id, f.message_id
       from unnest($1::text[], $2::uuid[], $3::int[]) as a(id, mandate_id, submission)
       join mandate_submission s on s.mandate_id = a.mandate_id and s.submission = coalesce(a.submission, s.submission)
       join order_file f on f.file_id = s.file_id
      order by a.id, s.submission desc`,
    [
      textArray(asked, (each) => each.id),
      plainArray(asked, (each) => each.mandateId),
      plainArray(asked, (each) => each.submission),
    ],
  );
  return new Map(rows.map((row) => [row.id, row.message_id]));
}

export interface NotedWord extends SubmissionRef {
  readonly verdict: 'validated' | 'refused';
  readonly code: string | null;
  readonly text: string | null;
  readonly bankReference: string | null;
}

/** What follows is done in steps of its own. */
export async function noteVerdicts(tx: Tx, words: readonly NotedWord[]): Promise<void> {
  if (words.length === 0) return;
  await tx.query(
    `update mandate_submission s
        set state = 'answered', verdict = w.verdict, code = w.code, text = w.text, changed_at = business_now()
       from unnest($1::int[], $2::uuid[], $3::int[], $4::text[], $5::text[], $6::text[])
              as w(biller_id, mandate_id, submission, verdict, code, text)
      where (s.biller_id, s.mandate_id, s.submission) = (w.biller_id, w.mandate_id, w.submission)`,
    [
      ...named(words),
      textArray(words, (each) => each.verdict),
      textArray(words, (each) => each.code),
      textArray(words, (each) => each.text),
    ],
  );
}

/** Not worked through yet, the oldest first. */
export async function answeredOnes(tx: Tx, limit: number): Promise<SubmissionRef[]> {
  return tx.query<SubmissionRef>(
    `select biller_id as "billerId", mandate_id as "mandateId", submission from mandate_submission
      where state = 'answered' order by changed_at limit $1`,
    [limit],
  );
}

/** undefined: another has worked it through. Its mandate is locked before it. */
export async function lockAnswered(tx: Tx, ref: SubmissionRef): Promise<NotedWord | undefined> {
  const [row] = await tx.query<Pick<NotedWord, 'verdict' | 'code' | 'text' | 'bankReference'>>(
    `select verdict, code, text, bank_reference as "bankReference" from mandate_submission s
      where state = 'answered' and ${NAMED} for no key update`,
    named([ref]),
  );
  return row && { ...ref, ...row };
}
