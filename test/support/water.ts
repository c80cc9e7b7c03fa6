// A second agency in the world of debits, `om-water`, that collects to an account of its own of the operator's.
import { addBiller } from '../../src/billers/index.ts';
import { addBankAccount } from '../../src/billers/bank/index.ts';
import { addKey, setAgreement } from '../../src/channels/index.ts';
import { putDebitTerms } from '../../src/mandates/debits/index.ts';
import { Client } from './client.ts';
import { setAccount } from './remit-world.ts';
import type { SendingWorld } from './sending.ts';
import { colleague } from './staff.ts';
import { ACTOR, addBills, done, MASTER_KEY, type BillSpec } from './world.ts';

export const WATER = { id: 4, code: 'om-water', currency: 'OMR' } as const;
export const WATERS_ACCOUNT = '7700OMR1234567890';

export interface Water {
  readonly water: Client;
  /** Of its people. */
  readonly decider: Client;
  /** Bills of its own. */
  readonly bills: (specs: readonly BillSpec[]) => Promise<void>;
}

export async function addWater(world: SendingWorld): Promise<Water> {
  const { db, baseUrl, sending } = world;
  const { code: billerCode, id: billerId, currency } = WATER;
  const settings = { name: { en: 'Water' }, currency, timeZone: 'Asia/Muscat', cutOff: '16:00' };
  done(await addBiller(db, billerCode, settings, ACTOR));
  const parties = { billerCode, channelCode: 'bank' };
  done(await setAgreement(db, parties, { route: 'via-operator' }, ACTOR, new Date('2026-01-01T00:00:00Z')));
  const ours = { bankCode: 'main', currency, holder: 'Wasit Water', number: WATERS_ACCOUNT };
  const account = done(await addBankAccount(db, 'ours-water', ours, MASTER_KEY, ACTOR));
  await setAccount(db, billerCode, '', { holder: 'Water', paysFrom: 'ours-water' });
  await db.transaction((tx) =>
    putDebitTerms(tx, {
      billerId,
      accountId: account.accountId,
      schemeId: null,
      overCeiling: 'split',
      retryDays: [3],
      method: 'account',
      paidAt: 'settled',
    }),
  );
  await sending.directory.refresh();
  const { shownOnce = '' } = done(await addKey(db, billerCode, { algorithm: 'bearer' }, MASTER_KEY, ACTOR));
  return {
    water: new Client(baseUrl, shownOnce),
    decider: await colleague(db, baseUrl, 'water', 'approver', { billerCode }),
    async bills(specs) {
      await addBills(db, 'om', specs);
      const numbers = specs.map(({ number }) => number);
      await db.transaction((tx) =>
        tx.query('update bill set biller_id = $1 where biller_id = 1 and bill_number = any($2::text[])', [
          billerId,
          numbers,
        ]),
      );
    },
  };
}
