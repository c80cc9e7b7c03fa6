// SQL of everything that stands of one debit.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { billerOf, type Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import type { DebitRef, DebitState, WordVerdict } from '../debits/index.ts';
import type { DebitAnswer } from './answer-schema.ts';

export interface BillRow {
  bill_number: string;
  due_on: BusinessDate;
  owed_as_of: BusinessDate;
  amount_minor: bigint;
  outcome: DebitAnswer['bills'][number]['outcome'];
  payment_id: Uuid | null;
}

export interface WordRow {
  verdict: WordVerdict;
  code: string | null;
  text: string | null;
  bank_reference: string | null;
  said_at: Date;
}

export interface StepRow {
  state: DebitState;
  why: string | null;
  text: string | null;
  actor: string;
  recorded_at: Date;
}

export interface Whole {
  readonly bills: readonly BillRow[];
  readonly words: readonly WordRow[];
  readonly steps: readonly StepRow[];
  readonly retriedBy: Uuid | null;
}

/** Of a debit that is there. */
export async function readWhole(
  tx: Tx,
  { billerId, debitId, mandateId }: DebitRef & { readonly mandateId: Uuid },
): Promise<Whole> {
  const key = [billerId, debitId];
  const bills = await tx.query<BillRow>(
    `select bill_number, due_on, owed_as_of, amount_minor, outcome, payment_id from debit_bill
      where biller_id = $1 and debit_id = $2 order by bill_number`,
    key,
  );
  const words = await tx.query<WordRow>(
    `select verdict, code, text, bank_reference, said_at from debit_word
      where biller_id = $1 and debit_id = $2 order by said_at, word_id`,
    key,
  );
  const steps = await tx.query<StepRow>(
    `select state, why, text, actor, recorded_at from debit_step
      where biller_id = $1 and debit_id = $2 order by recorded_at, step_id`,
    key,
  );
  const [retry] = await tx.query<{ debit_id: Uuid }>(
    `select debit_id from debit_order
      where mandate_biller_id = $3 and mandate_id = $4 and biller_id = $1 and retry_of = $2
      order by state <> 'dropped' desc, debit_id desc limit 1`,
    [...key, billerOf(mandateId), mandateId],
  );
  return { bills, words, steps, retriedBy: retry?.debit_id ?? null };
}

/** Those of debits for which their banks were never called. */
export async function uncalled(tx: Tx, debits: readonly DebitRef[]): Promise<Set<Uuid>> {
  if (debits.length === 0) return new Set();
  const rows = await tx.query<{ debit_id: Uuid }>(
    `select o.debit_id from unnest($1::int[], $2::uuid[]) as wanted(biller_id, debit_id)
       join debit_order o using (biller_id, debit_id) where o.creditor_route is null`,
    [plainArray(debits, (each) => each.billerId), plainArray(debits, (each) => each.debitId)],
  );
  return new Set(rows.map((row) => row.debit_id));
}
