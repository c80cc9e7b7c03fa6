// When the worker plans: when a day begins, at the agency or at its bank, and from time to time for bills that came
// since. In between there is nothing to do: what has to be told or sent is a matter of days.

import { businessNow } from '../../approvals/index.ts';
import { bankCalendar } from '../../billers/bank/index.ts';
import { bankDate, calendarDate } from '../../calendar/index.ts';
import type { Log } from '../../platform/log.ts';
import { readDebitTerms } from '../debits/index.ts';
import { planDebits } from './plan-debits.ts';
import type { PlanParts } from './plan-parts.ts';

const AGAIN_MS = 300_000;

export type PlanningParts = PlanParts & { readonly log: Pick<Log, 'info' | 'error'> };

/** The returned sweep remembers what it has planned; one that is new plans everything. */
export function planningSweep(parts: PlanningParts): () => Promise<void> {
  const planned = new Map<number, { readonly days: string; readonly at: number }>();
  return async () => {
    for (const { billerId, code } of parts.directory.current.billersById.values()) {
      if (parts.signal?.aborted === true) return;
      await planOne(parts, billerId, planned).catch((error: unknown) =>
        parts.log.error({ err: error, biller: code }, 'planning debits failed; it is done again'),
      );
    }
  };
}

async function planOne(
  parts: PlanningParts,
  billerId: number,
  planned: Map<number, { readonly days: string; readonly at: number }>,
): Promise<void> {
  const days = await daysOf(parts, billerId);
  const last = planned.get(billerId);
  const startedAt = performance.now();
  if (days === undefined || (last?.days === days && startedAt - last.at < AGAIN_MS)) return;
  const count = await planDebits(parts, billerId);
  if (parts.signal?.aborted !== true) planned.set(billerId, { days, at: startedAt });
  if (count > 0) parts.log.info({ billerId, debits: count }, 'debits were planned');
}

/** The agency's today and its bank's; undefined: it collects nothing. */
function daysOf({ database, directory }: PlanParts, billerId: number): Promise<string | undefined> {
  const biller = directory.current.billersById.get(billerId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const terms = biller && (await readDebitTerms(tx, billerId));
    if (biller === undefined || terms === undefined) return undefined;
    const at = await businessNow(tx);
    return `${calendarDate(at, biller.calendar)} ${bankDate(at, await bankCalendar(tx, terms.bankId))}`;
  });
}
