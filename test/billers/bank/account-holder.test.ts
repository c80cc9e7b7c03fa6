// Holders and banks of accounts: which are taken.

import t from 'tap';
import { holderFault } from '../../../src/billers/bank/account-holder.ts';
import { isBic } from '../../../src/billers/bank/index.ts';

t.test('a BIC has 8 or 11 characters', async (t) => {
  for (const bic of ['DEMOOMRX', 'DEUTDEFF500']) t.ok(isBic(bic), bic);
  for (const bic of ['DEMOOMR', 'demoomrx', 'DEMO1MRX', 'DEUTDEFF50']) t.notOk(isBic(bic), bic);
});

t.test('a holder is a name of one line, of 140 characters at the most', async (t) => {
  for (const holder of ['ص', 'Caisse du bâtiment', 'x'.repeat(140)]) t.equal(holderFault(holder), undefined);
  for (const holder of ['', ' ', 'Fund ', 'Fund\n2', 'x'.repeat(141)])
    t.match(holderFault(holder), /1 to 140/);
});
