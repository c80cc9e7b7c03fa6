// SQL of remittances.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';

/** Of a batch: units in order, attempts one after the other. */
export async function remittancesOf(_tx: Tx, _billerId: number, _settlementId: Uuid): Promise<Remittance[]> {
  return [];
}
