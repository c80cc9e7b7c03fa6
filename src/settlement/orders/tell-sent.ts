// A file of transfers is with the bank: its remittances bear the time, and their agencies are told.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { eventOf, insertEvents, tellFacts } from '../remittances/index.ts';
import { markSent } from './store-sent.ts';

/** Locks the remittances of the file, which is locked. */
export async function tellSent(tx: Tx, fileId: Uuid, at: Date): Promise<void> {
  const sent = await markSent(tx, fileId, at);
  const facts = await tellFacts(tx, sent);
  const events = sent.map((remittance) => {
    const fact = facts.get(remittance.remittanceId);
    if (fact === undefined) throw new Error(`remittance ${remittance.remittanceId} is of no batch`);
    return eventOf({ ...remittance, state: 'sent', reason: null }, 'approved', fact, at);
  });
  await insertEvents(tx, events);
}
