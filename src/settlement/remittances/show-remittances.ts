// The remittances of a batch as they stand at this moment, with every step that each has taken.

import { refuse, type Refusal } from '../../kernel/errors.ts';
import { parseId, showId } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { readBatch } from '../store-batch.ts';
import type { RemittanceAnswer, RemittanceList } from './schema.ts';
import { tellFacts } from './store-event.ts';
import { remittancesOf, stepsOfBatch, type StepRow } from './store-remittance.ts';

/** Refuses `settlement-not-found`, another biller's too. */
export async function listRemittances(
  database: Database,
  billerId: number,
  shownId: string,
): Promise<RemittanceList | Refusal> {
  const missing = refuse('settlement-not-found', { settlementId: shownId });
  const settlementId = parseId('stl', shownId);
  if (settlementId === undefined) return missing;
  return database.nodeOf(billerId).transaction(async (tx) => {
    if ((await readBatch(tx, billerId, settlementId)) === undefined) return missing;
    const remittances = await remittancesOf(tx, billerId, settlementId);
    const steps = await stepsOfBatch(tx, billerId, settlementId);
    const facts = await tellFacts(tx, remittances);
    const items = remittances.map((each) => {
      const own = steps.filter((step) => step.remittance_id === each.remittanceId);
      return show(each, facts.get(each.remittanceId)?.account ?? null, own);
    });
    return { items, next: null };
  });
}

function show(r: Remittance, account: string | null, steps: readonly StepRow[]): RemittanceAnswer {
  return {
    remittanceId: showId('rmt', r.remittanceId),
    unit: r.unit === '' ? null : r.unit,
    attempt: r.attempt + 1,
    amount: toText({ minor: r.amountMinor, currency: r.currency }),
    account,
    state: r.state,
    held: r.held,
    valueDate: r.valueDate,
    late: r.late,
    executeOn: r.executeOn,
    endToEndId: r.endToEndId,
    reason: r.reason,
    sentAt: r.sentAt?.toISOString() ?? null,
    confirmedAt: r.confirmedAt?.toISOString() ?? null,
    endedAt: r.endedAt?.toISOString() ?? null,
    steps: steps.map(({ state, reason, recorded_at }) => ({ state, reason, at: recorded_at.toISOString() })),
  };
}
