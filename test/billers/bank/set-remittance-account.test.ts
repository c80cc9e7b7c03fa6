// Where an agency's money goes: versions that never change, one that holds for each unit, and the commands.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import {
  addBank,
  addBankAccount,
  endRemittanceAccount,
  openAccountNumber,
  readRemittanceAccount,
  readRemittanceAccounts,
  setRemittanceAccount,
  showRemittanceAccounts,
} from '../../../src/billers/bank/index.ts';
import { addBiller, setUnits, showBiller } from '../../../src/billers/index.ts';
import type { Database } from '../../../src/platform/db/index.ts';
import { commandLine } from '../../support/command-line.ts';
import { testDatabase } from '../../support/database.ts';
import { ACTOR, done, MASTER_KEY } from '../../support/world.ts';

const OWN = { billerCode: 'local', unit: '' };
const GIZA = { billerCode: 'local', unit: 'giza' };
const WISH = { number: 'EG730000000200000000000004711', holder: 'Local', bic: null, paysFrom: 'egp' };
const OTHER = { ...WISH, number: 'EG870000000300000000000004712' };

async function parties(t: Parameters<typeof testDatabase>[0]): Promise<{ db: Database; url: string }> {
  const { db, url } = await testDatabase(t);
  const settings = { name: { en: 'Local' }, currency: 'EGP', timeZone: 'Africa/Cairo', cutOff: '15:00' };
  done(await addBiller(db, 'local', settings, ACTOR));
  done(await setUnits(db, 'local', [{ code: 'giza', name: { en: 'Giza' } }], ACTOR));
  const bank = { name: { en: 'One' }, timeZone: 'Africa/Cairo', cutOff: '14:00' };
  done(await addBank(db, 'one', { change: bank }, MASTER_KEY, ACTOR));
  for (const currency of ['EGP', 'OMR']) {
    const wish = { bankCode: 'one', currency, holder: 'Operator', number: `0000${currency}1` };
    done(await addBankAccount(db, currency.toLowerCase(), wish, MASTER_KEY, ACTOR));
  }
  return { db, url };
}

t.test(
  'a change is a new version, the same again is none, an end leaves the unit to its ancestors',
  async (t) => {
    const { db } = await parties(t);
    done(await setRemittanceAccount(db, OWN, WISH, MASTER_KEY, ACTOR));
    const first = done(await setRemittanceAccount(db, GIZA, WISH, MASTER_KEY, ACTOR));
    t.same(done(await setRemittanceAccount(db, GIZA, WISH, MASTER_KEY, ACTOR)), first);
    t.match(done(await setRemittanceAccount(db, GIZA, OTHER, MASTER_KEY, ACTOR)), {
      unit: 'giza',
      version: 2,
      number: 'EG***********************4712',
      paysFrom: 'egp',
    });
    await db.transaction(async (tx) => {
      const standing = await readRemittanceAccounts(tx, 1);
      t.same(
        standing.map(({ unit, version }) => `${unit} ${version}`),
        [' 1', 'giza 2'],
      );
      const numbers = standing.map((account) => openAccountNumber(MASTER_KEY, account));
      t.same(numbers, [WISH.number, OTHER.number]);
      const before = await readRemittanceAccount(tx, 1, 'giza', 1);
      t.equal(before && openAccountNumber(MASTER_KEY, before), WISH.number, 'what was sent can be told');
      t.ok(before?.endedAt);
    });
    done(await endRemittanceAccount(db, GIZA, ACTOR));
    t.match(await endRemittanceAccount(db, GIZA, ACTOR), { ok: false, reason: /no account of its own/ });
    t.match(done(await setRemittanceAccount(db, GIZA, WISH, MASTER_KEY, ACTOR)), { version: 3 });
    t.equal((await showRemittanceAccounts(db, 'local'))?.length, 4);
    t.equal((await showBiller(db, 'local'))?.accounts.length, 2);
    const rows = await db.transaction((tx) => tx.query('select action, before, after from audit_log'));
    t.equal(
      rows.filter(({ action }) => /account$/.test(String(action)) && /^biller/.test(String(action))).length,
      5,
    );
    t.notMatch(JSON.stringify(rows), /00000/, 'no more than the last four of a number');
  },
);

t.test('refused', async (t) => {
  const { db } = await parties(t);
  const cases: [object, object, RegExp][] = [
    [{ billerCode: 'nobody' }, {}, /no biller nobody/],
    [{ unit: 'cairo' }, {}, /no unit cairo/],
    [{}, { number: 'EG740000000200000000000004711' }, /check digits/],
    [{}, { holder: '' }, /holder/],
    [{}, { bic: 'X' }, /no BIC/],
    [{}, { paysFrom: 'eur' }, /no account eur/],
    [{}, { paysFrom: 'omr' }, /in OMR, the biller in EGP/],
  ];
  for (const [owner, wish, reason] of cases) {
    const made = await setRemittanceAccount(
      db,
      { ...OWN, ...owner },
      { ...WISH, ...wish },
      MASTER_KEY,
      ACTOR,
    );
    t.match(made, { ok: false, reason });
  }
  t.same(await showRemittanceAccounts(db, 'local'), []);
  t.equal(await showRemittanceAccounts(db, 'nobody'), undefined);
});

t.test('from the command line, numbers from a file', async (t) => {
  const { db, url } = await parties(t);
  const { wasit, dir } = await commandLine(t, url);
  const file = path.join(dir, 'number');
  await writeFile(file, `${WISH.number}\n`);
  const words = ['--number', `@${file}`, '--holder', 'Local', '--pays-from', 'egp'];
  const set = await wasit('biller', 'account', 'set', 'local', '--unit', 'giza', ...words, '--json');
  t.match(JSON.parse(set.out), { unit: 'giza', version: 1, number: 'EG***********************4711' });
  t.match(await wasit('biller', 'account', 'end', 'local', '--unit', 'giza'), { code: 1, err: /--yes/ });
  t.match(await wasit('bank', 'show', 'one'), { code: 0, out: /accounts +accountId 1, code egp/ });
  const moved = await wasit('biller', 'set', 'local', '--cut-off', '16:00', '--approve-above', '250.00');
  t.match(moved, { code: 0, out: /approveAbove +250\.00[^]*hold from business date \d{4}-\d\d-\d\d on/ });
  t.equal((await db.transaction((tx) => readRemittanceAccounts(tx, 1))).length, 1);
});
