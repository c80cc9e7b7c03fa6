// `wasit debit …`: how an agency collects, what the worker does done by hand, and what comes of it looked at.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { parseId } from '../../../src/kernel/ids.ts';
import { lockDebits, moveDebits, noteWords } from '../../../src/mandates/debits/index.ts';
import { commandLine, type Wasit } from '../../support/command-line.ts';
import { makeSendingWorld, mandateFor, type SendingWorld } from '../../support/sending.ts';
import { session } from '../../support/staff.ts';
import { addBills, BILLERS, setClock } from '../../support/world.ts';

async function atTerminal(
  t: Parameters<typeof makeSendingWorld>[0],
): Promise<{ world: SendingWorld; wasit: Wasit; dir: string }> {
  const world = await makeSendingWorld(t);
  const { wasit, dir } = await commandLine(t, world.url);
  const token = await session(world.db, 'approver');
  const file = { baseUrl: world.baseUrl, login: 'approver', token, expiresAt: 'soon' };
  await writeFile(path.join(dir, 'session.json'), JSON.stringify(file), { mode: 0o600 });
  return { world, wasit, dir };
}

t.test('how an agency collects', async (t) => {
  const { wasit } = await atTerminal(t);
  const set = (...args: string[]) => wasit('debit', 'terms', 'set', ...args);
  t.match(await wasit('debit', 'terms', 'show', 'dz-social'), { code: 1, err: /nothing by itself/ });
  t.match(await set('dz-social'), { code: 1, err: /--account/ });
  t.match(await set('dz-social', '--account', 'nowhere'), { code: 1, err: /no account nowhere/ });
  const shown = JSON.parse((await wasit('debit', 'terms', 'show', 'om-social', '--json')).out) as {
    account: string;
  };
  t.match(await set('dz-social', '--account', shown.account), { code: 1, err: /collects in DZD/ });
  t.match(await set('om-social', '--retry-days', '0'), { code: 1, err: /retry-days/ });
  t.match(await set('om-social', '--over-ceiling', 'ask'), { code: 1, err: /split or hold/ });
  t.match(await set('om-social', '--method', 'cheque'), { code: 1, err: /cash, account/ });
  t.match(await set('om-social', '--scheme-id', 'ä'), { code: 1, err: /scheme-id/ });
  t.match(await set('om-social', '--paid-at', 'never'), { code: 1, err: /settled or accepted/ });
  const now = await set(
    'om-social',
    '--retry-days',
    '3,7',
    '--over-ceiling',
    'hold',
    '--scheme-id',
    'OM98ZZZ01',
    '--json',
  );
  t.match(JSON.parse(now.out), {
    ...shown,
    retryDays: [3, 7],
    overCeiling: 'hold',
    schemeId: 'OM98ZZZ01',
    paidAt: 'settled',
  });
  t.match(JSON.parse((await set('om-social', '--retry-days', '', '--scheme-id', '', '--json')).out), {
    retryDays: [],
    overCeiling: 'hold',
    schemeId: null,
  });
});

t.test('planned, built and sent by hand; looked at; tried again', async (t) => {
  const { world, wasit, dir } = await atTerminal(t);
  const { db } = world;
  await mandateFor(world, 'C-1', { payer: { mobile: '+96824123456', language: 'en' } });
  await addBills(db, 'om', [{ number: 'C-1', payer: 'C-1', amount: '100.000', dueOn: '2026-11-30' }]);
  await setClock(db, '2026-11-27T06:00:00Z');
  t.match(await wasit('debit', 'plan', 'om-social'), { code: 1, err: /--yes/ });
  t.match(await wasit('debit', 'plan', 'om-social', '--dry-run'), {
    code: 0,
    out: /would plan the debits of om-social[^]*1 in all, \d+\.\d{3} OMR\n\ncollectOn +count[^]*mnd_/,
  });
  const dry = await wasit('debit', 'plan', 'om-social', '--dry-run', '--json');
  t.match(JSON.parse(dry.out), {
    dryRun: true,
    count: 1,
    days: [{ count: 1, held: 0 }],
    debits: [{ held: null }],
  });
  t.match(await wasit('debit', 'plan', 'nobody', '--yes'), { code: 1, err: /no biller nobody/ });
  t.match(await wasit('debit', 'plan', 'om-social', '--yes'), { code: 0, out: /1 debit planned/ });
  t.match(await wasit('debit', 'calendar', '2026-11-27', '2026-12-31'), {
    code: 0,
    out: /2026-11-30\s+1: 100\.000 OMR\s+1 planned/,
  });
  await setClock(db, '2026-11-29T06:00:00Z');
  t.match(await wasit('debit', 'build', 'om-social', '--dry-run'), {
    out: /would fix 1 debit, 100\.000 OMR/,
  });
  t.match(await wasit('debit', 'build', 'om-social', '--yes'), { code: 0, out: /1 debit built/ });
  t.match(await wasit('debit', 'send', 'om-social', '--dry-run'), {
    out: /banks collect 1 debit, 100\.000 OMR/,
  });
  t.match(await wasit('debit', 'send', 'om-social', '--yes'), { code: 0, out: /handed over .*xml/ });
  t.ok((await readdir(path.join(dir, 'orders'), { recursive: true })).some((name) => name.endsWith('.xml')));
  const listed = await wasit('debit', 'list', '--state', 'sent', '--bill-number', 'C-1');
  t.match(listed, {
    code: 0,
    out: /dbt_\S+\s+sent\s+2026-11-30\s+100\.000 OMR\s+1\s+om-social\s+C-1\s+bank/,
  });
  const id = /dbt_\S+/.exec(listed.out)?.[0] ?? '';
  t.match(await wasit('debit', 'retry', id, '--yes'), { code: 1, err: /is sent/ });
  const debitId = parseId('dbt', id);
  if (debitId === undefined) throw new Error(id);
  await db.transaction(async (tx) => {
    const debits = await lockDebits(tx, [{ billerId: BILLERS.om.id, debitId }]);
    const said = { code: 'AC06', text: null, bankReference: null } as const;
    const at = new Date();
    await noteWords(
      tx,
      [{ billerId: BILLERS.om.id, debitId, verdict: 'rejected', source: 'M-1', ...said }],
      at,
    );
    await tx.query('update debit_word set booked_at = said_at');
    const to = { to: 'failed', why: 'account-blocked', code: 'AC06' } as const;
    await moveDebits(
      tx,
      debits.map((debit) => ({ debit, ...to })),
      { actor: 'worker', at },
    );
  });
  t.match(await wasit('debit', 'report', '2026-11'), { out: /failed\s+account-blocked\s+1\s+100\.000 OMR/ });
  const csv = path.join(dir, 'debits.csv');
  t.match(await wasit('debit', 'report', '2026-11', '-o', `${csv}.txt`), { code: 2 });
  t.match(await wasit('debit', 'report', '2026-11', '-o', csv, '--bom'), { code: 0, out: /written/ });
  t.match(
    (await readFile(csv, 'utf8')).split('\n')[1],
    new RegExp(`^2026-11-30,failed,account-blocked,${id},`),
  );
  t.match(await wasit('debit', 'retry', id, '--yes', '--on', '2026-11-30'), {
    code: 1,
    err: /from 2026-12-02 on/,
  });
  t.match(await wasit('debit', 'retry', id, '--yes', '--json'), { code: 0, out: /"retryOn": ?"2026-12-02"/ });
  t.match(await wasit('debit', 'retry', id, '--yes'), { code: 1, err: /tried again on 2026-12-02/ });
  t.match(await wasit('debit', 'show', id), { code: 0, out: /to be tried again on 2026-12-02/ });
  const events = await db.transaction((tx) =>
    tx.query(
      `select type, revision, payload ->> 'retryOn' as retry_on from event where type like 'debit.failed' order by revision`,
    ),
  );
  t.match(events, [
    { type: 'debit.failed', retry_on: null },
    { type: 'debit.failed', retry_on: '2026-12-02' },
  ]);
});
