// The operator's banks and accounts: what is taken, what is refused, and that nothing secret is ever told again.

import t from 'tap';
import {
  addBank,
  addBankAccount,
  bankCalendar,
  openAccountNumber,
  openBankSecret,
  readBank,
  readBankAccount,
  readBanks,
  setBank,
  showBank,
  showBankAccounts,
} from '../../../src/billers/bank/index.ts';
import { setHolidays } from '../../../src/billers/index.ts';
import { testDatabase } from '../../support/database.ts';
import { ACTOR, done, MASTER_KEY } from '../../support/world.ts';

const BANK = { name: { en: 'Our Bank' }, timeZone: 'Asia/Muscat', cutOff: '14:00' };
const SFTP = { way: 'sftp', host: 'sftp.bank.example', user: 'wasit', hostKey: `SHA256:${'A'.repeat(43)}` };
const ACCOUNT = {
  bankCode: 'one',
  currency: 'OMR',
  holder: 'Operator',
  number: 'OM44 0000 0010 0000 0000 017',
};

t.test('a bank is added and changed; what is not named stays', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBank(db, 'one', { change: BANK }, MASTER_KEY, ACTOR));
  t.match(await showBank(db, 'one'), {
    bankId: 1,
    weekend: [6, 7],
    leadDays: 0,
    bic: null,
    handover: { way: 'folder', folder: 'orders' },
  });
  const change = { name: { ar: 'بنكنا' }, leadDays: 1, weekend: [5, 6], bic: 'DEMOOMRX' };
  done(await setBank(db, 'one', { change }, MASTER_KEY, ACTOR));
  t.match(await showBank(db, 'one'), { name: { en: 'Our Bank', ar: 'بنكنا' }, cutOff: '14:00', leadDays: 1 });
  const holiday = { onDate: '2027-01-01', name: 'New Year', state: 'tentative' } as const;
  done(await setHolidays(db, { kind: 'bank', code: 'one' }, [holiday], ACTOR));
  await db.transaction(async (tx) => {
    const calendar = {
      timeZone: 'Asia/Muscat',
      cutOff: '14:00',
      weekend: [5, 6],
      holidays: new Set(['2027-01-01']),
    };
    t.same(await bankCalendar(tx, 'one'), calendar);
    t.same((await readBank(tx, 1))?.calendar, calendar);
    t.equal(await readBank(tx, 'two'), undefined);
  });
  t.equal(await showBank(db, 'two'), undefined);
});

t.test('SFTP has a secret, sealed and never told', async (t) => {
  const { db } = await testDatabase(t);
  const secretOf = () =>
    db.transaction(async (tx) => {
      const [bank] = await readBanks(tx);
      return bank && openBankSecret(MASTER_KEY, bank);
    });
  const without = await addBank(db, 'one', { change: { ...BANK, handover: SFTP } }, MASTER_KEY, ACTOR);
  t.match(without, { ok: false, reason: /needs a secret/ });
  const wish = { change: { ...BANK, handover: SFTP }, secret: 'open sesame\n' };
  done(await addBank(db, 'one', wish, MASTER_KEY, ACTOR));
  t.same(await secretOf(), { password: 'open sesame' });
  t.match(await showBank(db, 'one'), { handover: { way: 'sftp', port: 22, folder: '.' } });
  done(await setBank(db, 'one', { change: { handover: { port: 2222 } } }, MASTER_KEY, ACTOR));
  t.match(await showBank(db, 'one'), { handover: { host: 'sftp.bank.example', port: 2222 } });
  t.same(await secretOf(), { password: 'open sesame' }, 'it stays');
  const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n';
  done(await setBank(db, 'one', { change: {}, secret: key }, MASTER_KEY, ACTOR));
  t.same(await secretOf(), { privateKey: key });
  done(await setBank(db, 'one', { change: { handover: { way: 'folder' } } }, MASTER_KEY, ACTOR));
  t.equal(await secretOf(), undefined, 'forgotten with the way it was for');
  t.same((await showBank(db, 'one'))?.handover, { way: 'folder', folder: 'orders' });
  const audit = await db.transaction((tx) => tx.query(`select action, before, after from audit_log`));
  t.equal(audit.length, 4);
  t.notMatch(JSON.stringify([audit, await showBank(db, 'one')]), /sesame|BEGIN|sealed/);
});

t.test('banks that cannot be are refused', async (t) => {
  const { db } = await testDatabase(t);
  const cases: [string, object, RegExp][] = [
    ['One', BANK, /no code/],
    ['one', {}, /name, timeZone, cutOff is missing/],
    ['one', { ...BANK, timeZone: 'Mars/One' }, /IANA/],
    ['one', { ...BANK, cutOff: '25:00' }, /cutOff must be a local time/],
    ['one', { ...BANK, bic: 'BANK' }, /no BIC/],
    ['one', { ...BANK, leadDays: 11 }, /leadDays/],
    ['one', { ...BANK, weekend: [0] }, /weekend/],
    ['one', { ...BANK, surprise: 1 }, /bank/],
    ['one', { ...BANK, handover: { way: 'pigeon' } }, /folder or sftp/],
    ['one', { ...BANK, handover: { ...SFTP, hostKey: 'any' } }, /fingerprint/],
    ['one', { ...BANK, handover: { ...SFTP, host: undefined } }, /handover/],
    ['one', { ...BANK, handover: { way: 'folder', folder: 'a', host: 'b' } }, /handover/],
  ];
  for (const [code, change, reason] of cases)
    t.match(await addBank(db, code, { change, secret: 'word' }, MASTER_KEY, ACTOR), { ok: false, reason });
  t.match(await addBank(db, 'one', { change: BANK, secret: 'word' }, MASTER_KEY, ACTOR), { ok: false });
  done(await addBank(db, 'one', { change: BANK }, MASTER_KEY, ACTOR));
  t.match(await addBank(db, 'one', { change: BANK }, MASTER_KEY, ACTOR), { ok: false, reason: /already/ });
  t.match(await setBank(db, 'two', { change: BANK }, MASTER_KEY, ACTOR), { ok: false, reason: /no bank/ });
});

t.test('an account of the operator’s: sealed in its column, masked wherever it is shown', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBank(db, 'one', { change: BANK }, MASTER_KEY, ACTOR));
  const shown = done(await addBankAccount(db, 'main', ACCOUNT, MASTER_KEY, ACTOR));
  t.same(shown, {
    accountId: 1,
    code: 'main',
    bank: 'one',
    currency: 'OMR',
    holder: 'Operator',
    number: 'OM*****************0017',
  });
  t.same(await showBankAccounts(db), [shown]);
  await db.transaction(async (tx) => {
    const account = await readBankAccount(tx, 'main');
    t.match(account, { accountId: 1, bankCode: 'one', bankId: 1 });
    t.equal(account && openAccountNumber(MASTER_KEY, account), 'OM440000001000000000017');
    t.throws(() => account && openAccountNumber(Buffer.alloc(32, 8), account), /another master key/);
    t.same(await readBankAccount(tx, 1), account);
  });
  const rows = await db.transaction((tx) => tx.query('select * from audit_log, bank_account'));
  t.notMatch(JSON.stringify(rows), /0000001000000000017/);
  const cases: [string, object, RegExp][] = [
    ['main', {}, /already/],
    ['Main', {}, /no code/],
    ['other', { bankCode: 'two' }, /no bank two/],
    ['other', { currency: 'OMX' }, /ISO 4217/],
    ['other', { holder: ' ' }, /holder/],
    ['other', { number: 'OM45 0000 0010 0000 0000 017' }, /check digits/],
  ];
  for (const [code, wish, reason] of cases)
    t.match(await addBankAccount(db, code, { ...ACCOUNT, ...wish }, MASTER_KEY, ACTOR), {
      ok: false,
      reason,
    });
});
