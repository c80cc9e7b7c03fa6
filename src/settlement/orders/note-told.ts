// The end of a hand-over: the file is with the bank, its remittances bear the time, and their agencies are told, in one
// transaction.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow, eventOf, insertEvents, tellFacts } from '../remittances/index.ts';
import { markSent, noteHandedOver } from './store-order-file.ts';

/** Nothing happens the second time. `remark` is kept with the file. */
export async function noteTold(tx: Tx, fileId: Uuid, remark: string | null): Promise<void> {
  if (!(await noteHandedOver(tx, fileId, remark))) return;
  const now = await businessNow(tx);
  const sent = await markSent(tx, fileId, now);
  const facts = await tellFacts(tx, sent);
  const events = sent.map((remittance) => {
    const fact = facts.get(remittance.remittanceId);
    if (fact === undefined) throw new Error(`remittance ${remittance.remittanceId} is of no batch`);
    return eventOf({ ...remittance, state: 'sent', reason: null }, 'approved', fact, now);
  });
  await insertEvents(tx, events);
}
