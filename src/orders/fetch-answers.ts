// Fetches what banks have answered from their folders at SFTP; who answers there speaks of the orders of that bank alone.

import { pickUpAll } from './pick-up.ts';
import { readSettings } from './store-pickup.ts';
import { takeFromBank, type TakingParts } from './take-from-bank.ts';

/** Once; every few minutes, for a bank's server is asked each time. */
export function fetchAnswers(parts: TakingParts): Promise<void> {
  return pickUpAll(parts, {
    what: 'answer',
    pickupOf: async (tx, bankId) => (await readSettings(tx, bankId)).pickup,
    async take(bank, { name, size }, bytes) {
      const taken = await takeFromBank(parts, bank, { name, size, bytes: () => bytes });
      return taken?.answerId ?? null;
    },
  });
}
