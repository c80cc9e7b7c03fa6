// The demo is the same every time, says in demo.json what is true, and is finished by the next start when a start
// was broken off.

import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { endRemittanceAccount, showBank } from '../../src/billers/bank/index.ts';
import { showBiller } from '../../src/billers/index.ts';
import { setAgreement } from '../../src/channels/index.ts';
import { removeWebhook } from '../../src/confirmations/remove-webhook.ts';
import { DEMO_CHANNEL_ACCOUNTS } from '../../src/demo/banks.ts';
import { DEMO_BILLERS } from '../../src/demo/billers.ts';
import { setClock, showClock } from '../../src/demo/index.ts';
import { addDays } from '../../src/kernel/business-date.ts';
import {
  setBankStatements,
  setChannelAccount,
  showBankStatements,
} from '../../src/reconciliation/statements/index.ts';
import { ACTOR, done } from '../support/world.ts';
import { contents } from './contents.ts';
import { ADDRESSES, prepare, seeded } from './seeded.ts';

// Seeding takes as long as the rest: what changes its installation comes after what looks at it.
t.test('the demo', async (t) => {
  const one = await seeded(t);
  const two = await seeded(t);
  await t.test('two installations of one day are alike, but for their keys', async (t) => {
    t.ok((await contents(one.db)).length > 15_000);
    t.strictSame(await contents(one.db), await contents(two.db));
    t.strictSame(one.file.bills, two.file.bills);
    t.notSame(one.file.clients, two.file.clients);
  });

  await t.test('demo.json has the promised form and is private', async (t) => {
    const { db, dataDir, file } = one;
    const name = path.join(dataDir, 'demo.json');
    t.strictSame(JSON.parse(await readFile(name, 'utf8')), file);
    t.equal((await stat(name)).mode & 0o777, 0o600);
    for (const key of await readdir(path.join(dataDir, 'keys'))) {
      t.equal((await stat(path.join(dataDir, 'keys', key))).mode & 0o777, 0o600, key);
    }
    t.same(Object.keys(file).sort(), [
      'agency',
      'baseUrl',
      'billers',
      'bills',
      'clients',
      'databaseUrl',
      'redisUrl',
      'staff',
    ]);
    t.same(
      Object.entries(file.clients)
        .map(([code, { kind }]) => `${kind} ${code}`)
        .sort(),
      [
        'agency dz-build',
        'agency dz-social',
        'agency eg-local',
        'agency om-social',
        'agency qa-pension',
        'channel agent-net',
        'channel atm-switch',
        'channel bank-one',
        'channel bank-two',
        'channel kiosk-mall',
        'operator operator',
      ],
    );
    t.same(
      file.staff.map(({ login, role }) => `${login} ${role}`),
      [
        'amal operator-admin',
        'karim operator-admin',
        'noura support',
        'salim finance-officer',
        'fatma approver',
        'nadia approver',
        'yacine approver',
      ],
    );
    t.ok(Object.values(file.clients).every(({ key }) => /^wsk_[\w-]{43}$/.test(key)));
    t.same(
      file.billers.map(({ code, currency, policy }) => `${code} ${currency} ${policy}`),
      [
        'om-social OMR at-least',
        'qa-pension QAR at-least',
        'dz-social DZD exact',
        'dz-build DZD exact',
        'eg-local EGP between',
      ],
    );
    for (const { code } of file.billers)
      t.equal(file.bills.filter((bill) => bill.billerCode === code).length, 200, code);
    const [found] = await db.transaction((tx) =>
      tx.query<{ plain: bigint }>(
        `select count(*) as plain from bill b join biller using (biller_id)
        where b.bill_number = any($1) and status = 'open' and amount_minor is not null and expires_on is null
          and due_on >= current_date + 30`,
        [file.bills.map(({ billNumber }) => billNumber)],
      ),
    );
    t.equal(found?.plain, 1000n, 'fixed amounts, no expiry, due 30 days ahead or more');
  });

  await t.test('every agency has bills of every fate, employers of dz-build many each', async (t) => {
    const { db } = one;
    const rows = await db.transaction((tx) =>
      tx.query<
        Record<'code' | 'bills' | 'overdue' | 'expired' | 'cancelled' | 'open_ended' | 'least_each', string>
      >(
        `select code, count(*)::int as bills, count(*) filter (where due_on < current_date and expires_on is null)::int as overdue,
              count(*) filter (where expires_on < current_date)::int as expired,
              count(*) filter (where b.status = 'cancelled')::int as cancelled,
              count(*) filter (where amount_minor is null)::int as open_ended
         from bill b join biller using (biller_id) group by code order by code`,
      ),
    );
    t.equal(rows.length, 5);
    for (const row of rows) {
      t.ok(
        Number(row.bills) === 3000 &&
          Number(row.overdue) > 500 &&
          Number(row.expired) > 20 &&
          Number(row.cancelled) === 10,
        row.code,
      );
      t.equal(
        Number(row.open_ended) > 100,
        row.code === 'eg-local',
        'open amounts where the policy takes them',
      );
    }
    const [sites] = await db.transaction((tx) =>
      tx.query<{ least: number; most: number }>(
        `select min(n)::int as least, max(n)::int as most from (
         select count(*) as n from bill join biller using (biller_id) where code = 'dz-build' and bill_number < $1 group by payer_id) p`,
        [`DB-${new Date().getUTCFullYear()}-002900`],
      ),
    );
    t.ok((sites?.least ?? 0) >= 1 && (sites?.most ?? 0) > 30);
  });

  await t.test(
    'a second start changes nothing but addresses; a lost demo.json is written again with new keys',
    async (t) => {
      const { db, dataDir, file } = one;
      const before = await contents(db);
      t.strictSame(await prepare(db, dataDir), file);
      const moved = await prepare(db, dataDir, { ...ADDRESSES, baseUrl: 'http://127.0.0.1:9000' });
      t.strictSame(moved, { ...file, baseUrl: 'http://127.0.0.1:9000' });
      t.strictSame(JSON.parse(await readFile(path.join(dataDir, 'demo.json'), 'utf8')), moved);

      await rm(path.join(dataDir, 'demo.json'));
      const again = await prepare(db, dataDir);
      t.strictSame(again.bills, file.bills);
      t.notSame(again.clients, file.clients);
      t.strictSame(await contents(db), before, 'nothing was seeded twice');
    },
  );

  await t.test(
    'money of every agency has somewhere to go, and what the operator ended stays ended',
    async (t) => {
      const { db, dataDir } = two;
      for (const { code, settings } of DEMO_BILLERS) {
        const shown = await showBiller(db, code);
        const own = shown?.accounts.find(({ unit }) => unit === '');
        t.equal(own?.paysFrom, `demo-${settings.currency.toLowerCase()}`, code);
        t.ok(
          shown?.holidays.some(({ state }) => state === 'tentative'),
          code,
        );
      }
      t.match(await showBank(db, 'demo-bank'), {
        handover: { way: 'folder', folder: 'orders' },
        leadDays: 1,
      });
      const giza = { billerCode: 'eg-local', unit: 'giza' };
      t.match(done(await endRemittanceAccount(db, giza, ACTOR)), { number: 'EG***********************4712' });
      await prepare(db, dataDir);
      t.same(
        (await showBiller(db, 'eg-local'))?.accounts.map(({ unit }) => unit),
        [''],
      );
    },
  );

  await t.test('what banks say can be placed, and what the operator took away stays away', async (t) => {
    const { db, dataDir } = two;
    const of = async (sql: string): Promise<string[]> =>
      (await db.transaction((tx) => tx.query<{ code: string }>(sql))).map(({ code }) => code);
    const paying = 'select distinct code from channel_account join channel using (channel_id) order by code';
    t.strictSame(await of(paying), ['agent-net', 'atm-switch', 'bank-one', 'bank-two', 'kiosk-mall']);
    const served = `select b.code from agreement join biller b using (biller_id) join channel c using (channel_id)
      where c.code = 'deposit' order by b.code`;
    t.strictSame(await of(served), DEMO_BILLERS.map(({ code }) => code).sort());
    t.match(await showBankStatements(db, 'demo-bank'), { csv: { delimiter: ',', decimalSign: '.' } });

    const parties = { billerCode: 'eg-local', channelCode: 'deposit' };
    done(await setAgreement(db, parties, null, ACTOR));
    done(await setBankStatements(db, 'demo-bank', { csv: null }, ACTOR));
    t.notOk((await showBankStatements(db, 'demo-bank'))?.csv);
    const number = DEMO_CHANNEL_ACCOUNTS['bank-one'] ?? '';
    done(await setChannelAccount(db, 'bank-one', { number, isRemoved: true }, ACTOR));
    for (const unit of ['', 'giza']) await endRemittanceAccount(db, { billerCode: 'eg-local', unit }, ACTOR);
    const [om] = await db.transaction((tx) =>
      tx.query<{ biller_id: number }>(`select biller_id from biller where code = 'om-social'`),
    );
    t.match(await removeWebhook(db, om?.biller_id ?? 0, ACTOR), { removed: true });
    const before = await contents(db);
    await prepare(db, dataDir);
    t.strictSame(await contents(db), before);
    const told = await of('select code from webhook join biller using (biller_id) order by code');
    t.strictSame(told, ['dz-build', 'dz-social', 'eg-local', 'qa-pension']);
  });

  await t.test('the clock goes where it is set, and business days are open there', async (t) => {
    const { db } = two;
    const real = new Date();
    const target = new Date(real.getTime() + 400 * 86_400_000);
    const { now } = done(await setClock(db, () => target, ACTOR));
    t.ok(now >= target && now.getTime() - target.getTime() < 60_000);
    const missing = await db.transaction((tx) =>
      tx.query(
        `select from biller b where not exists (select from business_day d
         where d.biller_id = b.biller_id and d.business_date = $1 and d.cut_off_at > business_now())`,
        [addDays(target.toISOString().slice(0, 10), 1)],
      ),
    );
    t.equal(missing.length, 0);
    t.match(await setClock(db, (at) => new Date(at.getTime() - 2000 * 86_400_000), ACTOR), {
      ok: false,
      reason: /nobody served/,
    });
    t.match(await setClock(db, () => new Date('9000-01-01'), ACTOR), { ok: false, reason: /at most/ });
    done(await setClock(db, () => null, ACTOR));
    t.equal((await showClock(db)).shiftSeconds, 0);
  });
});
