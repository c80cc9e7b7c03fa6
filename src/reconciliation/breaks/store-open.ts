// SQL that opens breaks as they are found.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { rowSource, type Column, type Statement, type Tx } from '../../platform/db/index.ts';
import type { FoundBreak } from './break.ts';

interface FoundRow extends FoundBreak {
  readonly breakId: Uuid;
  readonly stepId: Uuid;
}

const COLUMNS: readonly Column<FoundRow>[] = [
  { name: 'biller_id', type: 'int', of: (b) => b.billerId },
  { name: 'break_id', type: 'uuid', of: (b) => b.breakId },
  { name: 'step_id', type: 'uuid', of: (b) => b.stepId },
  { name: 'key', type: 'text', of: (b) => b.key },
  { name: 'kind', type: 'word', of: (b) => b.kind },
  { name: 'channel_id', type: 'int', of: (b) => b.channelId },
  { name: 'business_date', type: 'date', of: (b) => b.businessDate },
  { name: 'reference', type: 'text', of: (b) => b.reference },
  { name: 'payment_id', type: 'uuid', of: (b) => b.paymentId },
  { name: 'statement_id', type: 'uuid', of: (b) => b.statementId },
  { name: 'line', type: 'int', of: (b) => b.line },
  { name: 'currency', type: 'word', of: (b) => b.currency },
  { name: 'amount_minor', type: 'bigint', of: (b) => b.amountMinor },
  { name: 'ours', type: 'json', of: (b) => JSON.stringify(b.ours) },
  { name: 'theirs', type: 'json', of: (b) => JSON.stringify(b.theirs) },
];
const FOUND = rowSource(1, COLUMNS);
const NAMES = COLUMNS.map(({ name }) => name).filter((name) => name !== 'ours' && name !== 'theirs');

const OPEN: Statement = {
  name: 'breaks_open',
  text: `
with found as materialized (
  select ${NAMES.join(', ')}, nullif(ours, 'null')::jsonb as ours, nullif(theirs, 'null')::jsonb as theirs
    from ${FOUND.from('many', 'f')}
), opened as (
  insert into break as b (biller_id, break_id, key, kind, channel_id, business_date, reference, payment_id, statement_id,
    line, currency, amount_minor, ours, theirs, state, opened_at)
  select biller_id, break_id, key, kind, channel_id, business_date, reference, payment_id, statement_id, line,
         currency, amount_minor, ours, theirs, 'open', $${FOUND.next}
    from found order by biller_id, key
  on conflict (biller_id, key) do update
    set state = 'open', ended_at = null, kind = excluded.kind, payment_id = excluded.payment_id,
        currency = excluded.currency, amount_minor = excluded.amount_minor, ours = excluded.ours, theirs = excluded.theirs
    where b.state = 'gone' or b.state = 'open'
      and (b.kind, b.amount_minor, b.ours, b.theirs) is distinct from (excluded.kind, excluded.amount_minor, excluded.ours, excluded.theirs)
  returning biller_id, break_id, key
)
insert into break_step (biller_id, break_id, step_id, action, content, recorded_at)
select o.biller_id, o.break_id, f.step_id, case when o.break_id = f.break_id then 'opened' else 'changed' end,
       jsonb_build_object('kind', f.kind, 'amountMinor', f.amount_minor::text, 'ours', f.ours, 'theirs', f.theirs), $${FOUND.next}
  from opened o join found f on f.biller_id = o.biller_id and f.key = o.key`,
};

/**
 * New ones are opened, those that were gone open again, open ones say what is found now, resolved ones stay resolved.
 * Locks the rows, by biller and key.
 */
export async function openBreaks(tx: Tx, found: readonly FoundBreak[], at: Date): Promise<void> {
  if (found.length === 0) return;
  const ms = at.getTime();
  const rows = found.map((one): FoundRow => ({
    ...one,
    breakId: newId(ms, one.billerId),
    stepId: newId(ms, one.billerId),
  }));
  await tx.run(OPEN, [...FOUND.values('many', rows), at]);
}
