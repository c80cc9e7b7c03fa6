// SQL of a step in the life of many debits at once.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import type { DebitMove, MovedBy } from './debit-move.ts';
import { LIVE } from './states.ts';
import type { DebitRef } from './debit.ts';

/** What goes back to `planned` is in no file any more; about what is held persons are asked, anew if they were before. Throws when one is not as it was locked. */
export async function updateDebits(tx: Tx, moves: readonly DebitMove[], at: Date): Promise<void> {
  const rows = await tx.query(
    `update debit_order o
        set state = m.state, why = m.why, bank_reference = coalesce(m.bank_reference, o.bank_reference), retry_on = m.retry_on,
            way = case when m.state = 'planned' then null else coalesce(m.way, o.way) end,
            amount_minor = coalesce(m.amount_minor, o.amount_minor), collect_on = coalesce(m.collect_on, o.collect_on),
            send_on = coalesce(m.send_on, o.send_on),
            file_id = case when m.state = 'planned' then null else o.file_id end,
            over = o.over and m.state <> 'held', approval_id = case when m.state = 'held' then null else o.approval_id end,
            revision = o.revision + 1, changed_at = $12
       from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[],
                   $8::text[], $9::bigint[], $10::date[], $11::date[])
              as m(biller_id, debit_id, was, state, why, bank_reference, retry_on, way, amount_minor, collect_on, send_on)
      where o.biller_id = m.biller_id and o.debit_id = m.debit_id and o.state = m.was
     returning 1`,
    [
      plainArray(moves, ({ debit }) => debit.billerId),
      plainArray(moves, ({ debit }) => debit.debitId),
      plainArray(moves, ({ debit }) => debit.state),
      plainArray(moves, ({ to }) => to),
      textArray(moves, ({ why }) => why ?? null),
      textArray(moves, ({ bankReference }) => bankReference ?? null),
      textArray(moves, ({ retryOn }) => retryOn ?? null),
      textArray(moves, ({ fixed }) => fixed?.way ?? null),
      plainArray(moves, ({ fixed }) => fixed?.amountMinor ?? null),
      plainArray(moves, ({ fixed }) => fixed?.collectOn ?? null),
      plainArray(moves, ({ fixed }) => fixed?.sendOn ?? null),
      at,
    ],
  );
  if (rows.length !== moves.length) throw new Error('a debit is not as it was locked');
  const ended = moves.filter(({ to }) => !LIVE.includes(to));
  if (ended.length > 0) await endBills(tx, ended);
}

/** Their bills may be collected by others; what was taken out of it before keeps its own outcome. What was paid by a debit that the bank takes back is paid no more; what was credit, for its bill was paid elsewhere or withdrawn, opens no bill, and what its agency had rejected was credit. What the operator bears is paid. */
async function endBills(tx: Tx, ended: readonly DebitMove[]): Promise<void> {
  await tx.query(
    `update debit_bill b
        set live = false,
            outcome = case m.state when 'failed' then 'failed'
                                   when 'returned' then case
                                     when exists (select from absorbed_payment a where a.biller_id = b.biller_id and a.payment_id = b.payment_id)
                                       then b.outcome
                                     when not exists (select from bill o where o.biller_id = b.biller_id and o.bill_number = b.bill_number
                                                         and o.status = 'open')
                                      and (b.outcome = 'credited' or exists (
                                        select from rejected_bill r where r.biller_id = b.biller_id and r.payment_id = b.payment_id
                                           and r.bill_number = b.bill_number)) then 'credited'
                                     else 'returned' end
                                   when 'dropped' then coalesce(b.outcome, 'withdrawn') else b.outcome end
       from unnest($1::int[], $2::uuid[], $3::text[]) as m(biller_id, debit_id, state)
      where b.biller_id = m.biller_id and b.debit_id = m.debit_id and (b.live or b.payment_id is not null)`,
    [
      plainArray(ended, ({ debit }) => debit.billerId),
      plainArray(ended, ({ debit }) => debit.debitId),
      plainArray(ended, ({ to }) => to),
    ],
  );
}

/** Of one that failed or was returned. */
export async function setRetry(
  tx: Tx,
  { billerId, debitId }: DebitRef,
  retryOn: BusinessDate | null,
  at: Date,
): Promise<void> {
  await tx.query(
    'update debit_order set retry_on = $3, revision = revision + 1, changed_at = $4 where biller_id = $1 and debit_id = $2',
    [billerId, debitId, retryOn, at],
  );
}

export async function insertDebitSteps(
  tx: Tx,
  moves: readonly DebitMove[],
  { actor, at }: MovedBy,
): Promise<void> {
  await tx.query(
    `insert into debit_step (biller_id, debit_id, step_id, state, why, text, actor, recorded_at)
     select *, $7, $8 from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])`,
    [
      plainArray(moves, ({ debit }) => debit.billerId),
      plainArray(moves, ({ debit }) => debit.debitId),
      plainArray(moves, ({ debit }) => newId(at.getTime(), debit.billerId)),
      plainArray(moves, ({ to }) => to),
      textArray(moves, ({ why }) => why ?? null),
      textArray(moves, ({ code = null, text = null }) => saidOf(code, text)),
      actor,
      at,
    ],
  );
}

/** The bank's words, with its code before them once. */
function saidOf(code: string | null, text: string | null): string | null {
  if (code === null || text?.startsWith(code) === true) return text?.slice(0, 500) ?? null;
  return text === null ? code : `${code}: ${text}`.slice(0, 500);
}
