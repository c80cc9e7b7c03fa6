// Asks the agencies' persons about debits above a ceiling, each once while it is held.

import type { Database } from '../../platform/db/index.ts';
import { askAbove } from './held-request.ts';
import { lockUnasked, noteAsked } from './store-held.ts';

const LOT_DEBITS = 100;

/** How many were asked about. */
export async function askHeld(database: Database, billerId: number): Promise<number> {
  for (let asked = 0; ;) {
    const lot = await database.nodeOf(billerId).transaction(async (tx) => {
      const held = await lockUnasked(tx, billerId, LOT_DEBITS);
      for (const { debit, mandateReference, wasPlanned } of held)
        await noteAsked(tx, debit, await askAbove(tx, debit, mandateReference, wasPlanned));
      return held.length;
    });
    asked += lot;
    if (lot < LOT_DEBITS) return asked;
  }
}
