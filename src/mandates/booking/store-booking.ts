// SQL of booking: words that wait, claimed so that several workers never take the same, and what bills of debits came to.

import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef, DebitState, WordVerdict } from '../debits/index.ts';
import type { BillOutcome, FixedBill, WaitingWord } from './debit-word.ts';

const FIRST: Uuid = '00000000-0000-0000-0000-000000000000';
/** So long a linked agency may keep silent. */
const HOURS_OF_SILENCE = 24;
/** Debits of one lot (book-debits.ts), so many at once at the most. */
const LOT_DEBITS = 150;

interface WordRow {
  debit_id: Uuid;
  word_id: Uuid;
  verdict: WordVerdict;
  code: string | null;
  text: string | null;
  bank_reference: string | null;
  is_old: boolean;
  /** Another of its debit comes before it. */
  is_behind: boolean;
  state: DebitState;
  channel_id: number;
  payer: object | null;
  approval_id: Uuid | null;
}

export interface Page {
  readonly words: WaitingWord[];
  /** Behind which the next page begins; undefined: there is none. */
  readonly last: Uuid | undefined;
}

/** Of each debit, or of one, its oldest that waits, behind `after`, oldest first. Locks nothing. */
export async function nextWords(
  tx: Tx,
  billerId: number,
  { after = FIRST, debitId }: { after?: Uuid | undefined; debitId?: Uuid | undefined },
): Promise<Page> {
  const rows = await tx.query<WordRow>(
    `select w.debit_id, w.word_id, w.verdict, w.code, w.text, w.bank_reference, o.state, o.channel_id, m.contact as payer, w.approval_id,
            w.said_at < business_now() - make_interval(hours => $4) as is_old,
            exists (select from debit_word e where e.biller_id = w.biller_id and e.debit_id = w.debit_id
                       and e.booked_at is null and e.word_id < w.word_id) as is_behind
       from (select * from debit_word
              where biller_id = $1 and booked_at is null and word_id > $2 and ($5::uuid is null or debit_id = $5)
              order by word_id limit $3) w
       join debit_order o on o.biller_id = w.biller_id and o.debit_id = w.debit_id
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
      order by w.word_id`,
    [billerId, after, LOT_DEBITS, HOURS_OF_SILENCE, debitId ?? null],
  );
  const first = rows.filter((row) => !row.is_behind);
  const bills = await readBills(
    tx,
    first.map((row) => ({ billerId, debitId: row.debit_id })),
  );
  const words = first.map((row) => ({
    billerId,
    debitId: row.debit_id,
    wordId: row.word_id,
    verdict: row.verdict,
    code: row.code,
    text: row.text,
    bankReference: row.bank_reference,
    state: row.state,
    channelId: row.channel_id,
    payer: row.payer,
    approvalId: row.approval_id,
    isOld: row.is_old,
    bills: bills.get(row.debit_id) ?? [],
  }));
  return { words, last: rows.at(-1)?.word_id };
}

interface BillRow {
  debit_id: Uuid;
  bill_number: string;
  due_on: string;
  owed_as_of: string;
  amount_minor: bigint;
  principal_minor: bigint | null;
  revision: number | null;
}

/** By debit, in the order of their numbers: what is under way, or was paid. What was taken out of it before is neither. */
export async function readBills(tx: Tx, debits: readonly DebitRef[]): Promise<Map<Uuid, FixedBill[]>> {
  const rows = await tx.query<BillRow>(
    `select d.debit_id, d.bill_number, d.due_on, d.owed_as_of, d.amount_minor, b.amount_minor as principal_minor,
            case b.revision when d.bill_revision then b.revision end as revision
       from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_bill d using (biller_id, debit_id)
       left join bill b on b.biller_id = d.biller_id and b.bill_number = d.bill_number
      where d.live or d.payment_id is not null
      order by d.debit_id, d.bill_number`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  const bills = new Map<Uuid, FixedBill[]>();
  for (const row of rows) {
    const ofDebit = bills.get(row.debit_id) ?? [];
    bills.set(row.debit_id, ofDebit);
    ofDebit.push({
      billNumber: row.bill_number,
      dueOn: row.due_on,
      owedAsOf: row.owed_as_of,
      amountMinor: row.amount_minor,
      principalMinor: row.principal_minor,
      revision: row.revision,
    });
  }
  return bills;
}

/** Those that still wait and that no other worker is at. Before anything else is locked: nobody waits for them. */
export async function claimWords(tx: Tx, words: readonly WaitingWord[]): Promise<Set<Uuid>> {
  const rows = await tx.query<{ word_id: Uuid }>(
    `select word_id from debit_word
      where (biller_id, debit_id, word_id) in (select * from unnest($1::int[], $2::uuid[], $3::uuid[]))
        and booked_at is null
        for update skip locked`,
    keys(words),
  );
  return new Set(rows.map((row) => row.word_id));
}

export async function markBooked(tx: Tx, words: readonly WaitingWord[], at: Date): Promise<void> {
  await tx.query(
    `update debit_word w set booked_at = $4 from unnest($1::int[], $2::uuid[], $3::uuid[]) as done(biller_id, debit_id, word_id)
      where w.biller_id = done.biller_id and w.debit_id = done.debit_id and w.word_id = done.word_id`,
    [...keys(words), at],
  );
}

function keys(words: readonly WaitingWord[]): string[] {
  return [
    plainArray(words, (each) => each.billerId),
    plainArray(words, (each) => each.debitId),
    plainArray(words, (each) => each.wordId),
  ];
}

/** The debits are locked. */
export async function writeOutcomes(tx: Tx, outcomes: readonly BillOutcome[]): Promise<void> {
  await tx.query(
    `update debit_bill b set outcome = o.outcome, payment_id = o.payment_id
       from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::uuid[]) as o(biller_id, debit_id, bill_number, outcome, payment_id)
      where b.biller_id = o.biller_id and b.debit_id = o.debit_id and b.bill_number = o.bill_number`,
    [
      plainArray(outcomes, (each) => each.billerId),
      plainArray(outcomes, (each) => each.debitId),
      textArray(outcomes, (each) => each.billNumber),
      plainArray(outcomes, (each) => each.outcome),
      plainArray(outcomes, (each) => each.paymentId),
    ],
  );
}
