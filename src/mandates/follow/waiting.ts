// Why debits that have not gone yet could not go now: their bank lets none of the agency's through. Before their day too, so
// that somebody may mend it in time.

import { businessNow } from '../../approvals/index.ts';
import type { Directory } from '../../channels/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readDebitTerms, type Debit } from '../debits/index.ts';
import { answeredBy, routeThrough, WHY_UNSERVED } from '../sending/index.ts';

/** By debit. */
export type Waiting = ReadonlyMap<Uuid, WhyWaits>;

/** `no-answer`: its bank has had it too long. */
export const WHY_WAITS = [...WHY_UNSERVED, 'no-answer'] as const;
type WhyWaits = (typeof WHY_WAITS)[number];

export async function waiting(tx: Tx, { current }: Directory, debits: readonly Debit[]): Promise<Waiting> {
  const found = new Map<Uuid, WhyWaits>();
  const sent = debits.filter(({ state }) => state === 'sent');
  for (const billerId of new Set(sent.map((debit) => debit.billerId))) {
    const before = await answeredBy(tx, billerId);
    for (const debit of sent)
      if (debit.billerId === billerId && before !== undefined && debit.collectOn < before)
        found.set(debit.debitId, 'no-answer');
  }
  const open = debits.filter(isHere);
  if (open.length === 0) return found;
  const at = await businessNow(tx);
  for (const billerId of new Set(open.map((debit) => debit.billerId))) {
    const biller = current.billersById.get(billerId);
    const terms = await readDebitTerms(tx, billerId);
    if (biller === undefined || terms === undefined) continue;
    for (const { debitId, channelId } of open.filter((debit) => debit.billerId === billerId)) {
      const through = routeThrough(current, biller, channelId, { method: terms.method, at });
      if ('why' in through) found.set(debitId, through.why);
    }
  }
  return found;
}

/** Neither a bank nor a file has it. */
function isHere({ state, way, fileId }: Debit): boolean {
  return state === 'planned' || (state === 'built' && way === 'file' && fileId === null);
}
