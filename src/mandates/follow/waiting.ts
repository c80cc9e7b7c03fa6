// Why debits that have not gone yet could not go now: their bank lets none of the agency's through, or the
// agency has no account to collect to. Before their day too, so
// that somebody may mend it in time.

import { businessNow } from '../../approvals/index.ts';
import type { Directory } from '../../channels/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readDebitTerms, type Debit } from '../debits/index.ts';
import { answeredBy, whyNotSent } from '../sending/index.ts';
import { uncalled } from './store-one.ts';
import type { WhyWaits } from './why-waits.ts';

/** By debit. */
export type Waiting = ReadonlyMap<Uuid, WhyWaits>;

export async function waiting(tx: Tx, { current }: Directory, debits: readonly Debit[]): Promise<Waiting> {
  const found = new Map<Uuid, WhyWaits>();
  const sent = debits.filter(({ state }) => state === 'sent');
  for (const billerId of new Set(sent.map((debit) => debit.billerId))) {
    const before = await answeredBy(tx, billerId);
    for (const debit of sent)
      if (debit.billerId === billerId && before !== undefined && debit.collectOn < before)
        found.set(debit.debitId, 'no-answer');
  }
  const unheard = await uncalled(tx, debits.filter(isForCall));
  const open = debits.filter((debit) => isHere(debit) || unheard.has(debit.debitId));
  if (open.length === 0) return found;
  const at = await businessNow(tx);
  for (const billerId of new Set(open.map((debit) => debit.billerId))) {
    const biller = current.billersById.get(billerId);
    const terms = await readDebitTerms(tx, billerId);
    if (biller === undefined || terms === undefined) continue;
    const whyOf = whyNotSent(tx, current, biller, { method: terms.method, at });
    for (const { debitId, channelId } of open.filter((debit) => debit.billerId === billerId)) {
      const why = await whyOf(channelId);
      // A bank is called for what was built for it, whatever is agreed since: only somebody to credit has to be there.
      if (why !== undefined && (why === 'account' || !unheard.has(debitId))) found.set(debitId, why);
    }
  }
  return found;
}

/** Neither a bank nor a file has it. */
function isHere({ state, way, fileId }: Debit): boolean {
  return state === 'planned' || (state === 'built' && way === 'file' && fileId === null);
}

/** Its bank is to be called for it. */
function isForCall({ state, way }: Debit): boolean {
  return state === 'built' && way === 'api';
}
