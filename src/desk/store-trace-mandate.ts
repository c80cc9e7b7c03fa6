// SQL of the life of a mandate: its steps, whom it covers, how it went to the payer's bank, and what was collected under it.
// By its key; reads only.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';

export interface MandateKey {
  readonly biller_id: number;
  readonly mandate_id: Uuid;
}

const MOST_DEBITS = 50;

export interface MandateRow extends MandateKey {
  channel_id: number;
  reference: string;
  opened_by: string;
  payer_id: string;
  payer_name: string;
  /** Masked. */
  shown_account: string;
  collect: string;
  collect_days: number[];
  currency: string;
  per_debit_minor: bigint;
  per_month_minor: bigint;
  valid_from: BusinessDate;
  valid_until: BusinessDate | null;
  state: string;
  bank_reference: string | null;
  created_at: Date;
  /** How its bank is reached; null: it looks for itself. */
  way: string | null;
  bic: string | null;
  covers: { biller_id: number; payer_id: string; units: string[]; state: string }[] | null;
  steps: { at: string; action: string; side: string; reason: string | null }[] | null;
  submissions:
    | {
        submission: number;
        at: string;
        state: string;
        tries: number;
        failure: string | null;
        verdict: string | null;
        code: string | null;
        order: string | null;
      }[]
    | null;
  debits:
    | {
        biller_id: number;
        debit_id: Uuid;
        collect_on: BusinessDate;
        minor: string;
        state: string;
        why: string | null;
      }[]
    | null;
  debit_count: number;
}

/** The newest debits. What banks give as reasons stays with `wasit mandate show`. */
export async function readMandate(
  tx: Tx,
  { biller_id, mandate_id }: MandateKey,
): Promise<MandateRow | undefined> {
  const [row] = await tx.query<MandateRow>(
    `select m.*, l.way, l.bic,
            (select json_agg(json_build_object('biller_id', c.biller_id, 'payer_id', c.payer_id, 'units', c.units, 'state', c.state)
                      order by c.biller_id, c.payer_id)
               from mandate_cover c where c.mandate_biller_id = m.biller_id and c.mandate_id = m.mandate_id) as covers,
            (select json_agg(json_build_object('at', s.recorded_at, 'action', s.action, 'side', s.side,
                      'reason', case when s.side <> 'bank' then s.reason end) order by s.recorded_at, s.step_id)
               from mandate_step s where s.biller_id = m.biller_id and s.mandate_id = m.mandate_id) as steps,
            (select json_agg(json_build_object('submission', b.submission, 'at', b.changed_at, 'state', b.state, 'tries', b.tries,
                      'failure', b.failure, 'verdict', b.verdict, 'code', b.code, 'order', f.message_id) order by b.submission)
               from mandate_submission b left join order_file f using (file_id)
              where b.biller_id = m.biller_id and b.mandate_id = m.mandate_id) as submissions,
            (select json_agg(json_build_object('biller_id', d.biller_id, 'debit_id', d.debit_id, 'collect_on', d.collect_on,
                      'minor', d.amount_minor::text, 'state', d.state, 'why', d.why) order by d.collect_on, d.debit_id)
               from (select * from debit_order o where o.mandate_biller_id = m.biller_id and o.mandate_id = m.mandate_id
                      order by o.collect_on desc, o.debit_id desc limit ${MOST_DEBITS}) d) as debits,
            (select count(*)::int from debit_order o
              where o.mandate_biller_id = m.biller_id and o.mandate_id = m.mandate_id) as debit_count
       from mandate m left join bank_link l using (channel_id)
      where m.biller_id = $1 and m.mandate_id = $2`,
    [biller_id, mandate_id],
  );
  return row;
}
