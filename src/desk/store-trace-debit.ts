// SQL of the life of debits: the mandate that they are under, what they collect, their steps, what banks said, the file that
// they went in and the lines of statements about them. By keys; reads only.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../platform/db/index.ts';
import type { PaymentKey } from './store-trace.ts';
import { LINE, type LineOfTrace } from './store-trace-money.ts';

export interface DebitKey {
  biller_id: number;
  debit_id: Uuid;
}

const MOST_DEBITS = 50;

/** By which these payments were made, and which have collected these bills or are to; the oldest first. */
export function findDebits(
  tx: Tx,
  payments: readonly PaymentKey[],
  bills: readonly { readonly billerId: number; readonly billNumber: string }[],
): Promise<DebitKey[]> {
  return tx.query(
    `select biller_id, debit_id from (
       select b.biller_id, b.debit_id from unnest($1::int[], $2::uuid[]) as p(biller_id, payment_id)
         join payment_bill l on l.biller_id = p.biller_id and l.payment_id = p.payment_id
         join debit_bill b on b.biller_id = p.biller_id and b.bill_number = l.bill_number and b.payment_id = p.payment_id
       union
       select b.biller_id, b.debit_id from unnest($3::int[], $4::text[]) as n(biller_id, bill_number)
         join debit_bill b on b.biller_id = n.biller_id and b.bill_number = n.bill_number) d
      order by debit_id limit ${MOST_DEBITS}`,
    [
      plainArray(payments, (each) => each.biller_id),
      plainArray(payments, (each) => each.payment_id),
      plainArray(bills, (each) => each.billerId),
      textArray(bills, (each) => each.billNumber),
    ],
  );
}

export interface DebitRow extends DebitKey {
  channel_id: number;
  cause: string;
  reference: string | null;
  attempt: number;
  retry_of: Uuid | null;
  currency: string;
  amount_minor: bigint;
  collect_on: BusinessDate;
  state: string;
  why: string | null;
  way: string | null;
  retry_on: BusinessDate | null;
  planned_at: Date;
  message_id: string | null;
  mandate_id: Uuid;
  mandate_reference: string;
  mandate_state: string;
  /** Masked. */
  account: string;
  mandate_steps: { at: string; action: string; side: string }[] | null;
  bills: {
    bill_number: string;
    minor: string;
    owed_as_of: BusinessDate;
    outcome: string | null;
    payment_id: Uuid | null;
  }[];
  steps: { at: string; state: string; why: string | null; text: string | null; actor: string }[] | null;
  words:
    | {
        at: string;
        verdict: string;
        code: string | null;
        source: string;
        bank_reference: string | null;
        is_booked: boolean;
      }[]
    | null;
  lines: LineOfTrace[] | null;
  /** Of lines that contradict it. */
  breaks:
    { break_id: Uuid; kind: string; state: string; statement_id: Uuid | null; line: number | null }[] | null;
}

export function readDebits(tx: Tx, keys: readonly DebitKey[]): Promise<DebitRow[]> {
  return tx.query(
    `select o.*, f.message_id, m.reference as mandate_reference, m.state as mandate_state, m.shown_account as account,
            (select json_agg(json_build_object('at', s.recorded_at, 'action', s.action, 'side', s.side) order by s.recorded_at, s.step_id)
               from mandate_step s where s.biller_id = m.biller_id and s.mandate_id = m.mandate_id) as mandate_steps,
            (select json_agg(json_build_object('bill_number', b.bill_number, 'minor', b.amount_minor::text, 'owed_as_of', b.owed_as_of,
                      'outcome', b.outcome, 'payment_id', b.payment_id) order by b.bill_number)
               from debit_bill b where b.biller_id = o.biller_id and b.debit_id = o.debit_id) as bills,
            (select json_agg(json_build_object('at', s.recorded_at, 'state', s.state, 'why', s.why, 'text', s.text, 'actor', s.actor)
                      order by s.recorded_at, s.step_id)
               from debit_step s where s.biller_id = o.biller_id and s.debit_id = o.debit_id) as steps,
            (select json_agg(json_build_object('at', w.said_at, 'verdict', w.verdict, 'code', w.code, 'source', w.source,
                      'bank_reference', w.bank_reference, 'is_booked', w.booked_at is not null) order by w.word_id)
               from debit_word w where w.biller_id = o.biller_id and w.debit_id = o.debit_id) as words,
            (select json_agg(${LINE} order by l.booked_on, m.recorded_at)
               from statement_match m join statement_line l on l.statement_id = m.statement_id and l.line = m.line
              where m.subject_id = o.debit_id) as lines,
            (select json_agg(json_build_object('break_id', k.break_id, 'kind', k.kind, 'state', k.state, 'statement_id', k.statement_id,
                      'line', k.line) order by k.opened_at, k.break_id)
               from break k where k.ours ->> 'debitId' = o.debit_id::text) as breaks
       from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id)
       join mandate m on m.biller_id = o.mandate_biller_id and m.mandate_id = o.mandate_id
       left join order_file f on f.file_id = o.file_id
      order by o.debit_id`,
    [plainArray(keys, (each) => each.biller_id), plainArray(keys, (each) => each.debit_id)],
  );
}
