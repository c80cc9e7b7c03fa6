// Whose day it is: the channel's own, read by its people as well, brought and read by the operator's command line.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { bill } from '../../support/client.ts';
import { commandLine } from '../../support/command-line.ts';
import { reconcile, send } from '../../support/day-files.ts';
import { startTestWorld } from '../../support/gateway.ts';
import { colleague } from '../../support/staff.ts';
import { addManyBills } from '../../support/world.ts';

const DAY = '/v1/reconciliations/2026-11-22';

void t.test('a channel sees its own day', async (t) => {
  const world = await startTestWorld(t);
  const numbers = await addManyBills(world.db, 'om', 'B-', 2, '10.000');
  for (const [channel, number] of [
    ['bank', numbers[0]],
    ['agent', numbers[1]],
  ] as const)
    await world.client(channel).pay({ reference: 'r-1', bills: [bill(number ?? '', '10.000')] });
  const ask = async (who: string, address: string) => (await world.client(who).send('GET', address)).code;
  for (const address of [DAY, `${DAY}/breaks`, `${DAY}/breaks.csv`])
    t.equal(await ask('bank', address), 'reconciliation-not-found');
  await reconcile(world, ['r-1,9.000,OMR,accepted']);
  t.match((await world.client('bank').send('GET', DAY)).body, {
    breaks: [{ kind: 'amount-differs', open: 1 }],
  });
  for (const address of [DAY, `${DAY}/breaks`, `${DAY}/breaks.csv`])
    t.equal(await ask('agent', address), 'reconciliation-not-found', "another channel's day does not exist");
  t.equal(await ask('om-social', DAY), 'forbidden');
  t.match(await send(world, 'reference,amount,currency,status\n', { channel: 'om-social' }), { status: 403 });
  await reconcile(world, ['r-1,10.000,OMR,accepted'], { channel: 'agent' });
  t.match((await world.client('agent').send('GET', DAY)).body, { breaks: [] });

  const clerk = await colleague(world.db, world.baseUrl, 'clerk', 'channel-officer', { channelCode: 'bank' });
  t.match((await clerk.send('GET', `${DAY}/breaks`)).body, { items: [{ reference: 'r-1' }], next: null });
  const put = await fetch(`${world.baseUrl}${DAY}`, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv' },
  });
  t.equal(put.status, 401);

  const cases: [string, string, number][] = [
    ['no date', '2026-02-30', 400],
    ['no date at all', 'today', 400],
    ['a date to come', '2026-12-24', 400],
  ];
  for (const [name, date, status] of cases)
    t.match(
      await send(world, 'reference,amount,currency,status\n', { date }),
      { status, body: { code: 'malformed-request' } },
      name,
    );
  t.equal(await ask('bank', `${DAY}/breaks?after=pay_1`), 'malformed-request');
  t.equal(await ask('bank', `${DAY}/breaks?limit=0`), 'malformed-request');
});

void t.test('wasit reconcile', async (t) => {
  const world = await startTestWorld(t);
  const [number = ''] = await addManyBills(world.db, 'om', 'B-', 1, '10.000');
  await world.client('bank').pay({ reference: 'r-1', bills: [bill(number, '10.000')] });
  const { wasit, dir } = await commandLine(t, world.url);
  const of = ['--channel', 'bank', '--date', '2026-11-22'];
  t.match(await wasit('reconcile', ...of), { code: 1, err: /bank has sent no file of 2026-11-22/ });
  const file = path.join(dir, 'day.csv.gz');
  await writeFile(file, gzipSync('reference,amount,currency,status\nr-1,9.000,OMR,accepted\n'));
  const brought = await wasit('reconcile', file, ...of);
  t.match(brought, { code: 1, err: '', out: /amount-differs/ });
  t.match(brought.out, /provisional/);
  const shown = await wasit('reconcile', ...of, '--json');
  t.equal(shown.code, 1);
  t.match(JSON.parse(shown.out), { version: 1, balanced: false, openBreaks: [{ reference: 'r-1' }] });
  t.match(await wasit('reconcile', ...of, '--date', '2026-11-31'), { code: 2 });
  t.match(await wasit('reconcile', '--channel', 'nobody', '--date', '2026-11-22'), {
    code: 1,
    err: /no channel nobody/,
  });
  t.match(await wasit('reconcile', path.join(dir, 'none.csv'), ...of), { code: 1, err: /cannot be read/ });
  const [row] = await world.db.transaction((tx) =>
    tx.query(`select brought_by is not null as is_brought from channel_file`),
  );
  t.match(row, { is_brought: true });
});
