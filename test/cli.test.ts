// The command line as a person or a script meets it: exit codes, JSON, questions, and what it writes.

import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { commandLine } from './support/command-line.ts';
import { testDatabase, testWorld } from './support/database.ts';
import { startTestWorld } from './support/gateway.ts';

t.test('wrong usage is 2, a refusal 1, help 0', async (t) => {
  const { wasit, alone } = await commandLine(t, undefined);
  const cases: [string[], number, RegExp][] = [
    [[], 2, /Usage: wasit/],
    [['--help'], 0, /channel/],
    [['--version'], 0, /^\d+\.\d+\.\d+$/m],
    [['biller', 'frobnicate'], 2, /unknown command/],
    [['biller', 'add'], 2, /missing required argument/],
    [['channel', 'top-up', 'agent', '1.00', 'OMR', '--reference', 'x'], 2, /no amount of OMR/],
    [['biller', 'list'], 1, /npm start/],
    [['demo', 'clock', 'set', '2026-12-15T15:59'], 2, /which zone/],
    [['demo', 'clock', 'show'], 1, /embedded installation only/],
  ];
  await Promise.all(
    cases.map(async ([args, code, says], i) => {
      // Of each code one as a process of its own.
      const ran = await ([0, 1, 6].includes(i) ? alone : wasit)(...args);
      t.equal(ran.code, code, args.join(' '));
      t.match(ran.out + ran.err, says);
    }),
  );
});

t.test('agencies, channels and agreements from nothing', async (t) => {
  const { url } = await testDatabase(t);
  const { wasit, dir } = await commandLine(t, url);
  const added = await wasit(
    'biller',
    'add',
    'fund',
    '--name',
    'Fund',
    '--currency',
    'OMR',
    '--time-zone',
    'Asia/Muscat',
    '--cut-off',
    '16:00',
    '--weekend',
    '5,6',
    '--holiday',
    '2027-01-01=New Year',
    '--json',
  );
  t.equal(added.code, 0, added.err);
  t.match(JSON.parse(added.out), {
    code: 'fund',
    weekend: [5, 6],
    holidays: [{ onDate: '2027-01-01', name: 'New Year' }],
  });
  const channel = await wasit(
    'channel',
    'add',
    'bank',
    '--name',
    'Bank',
    '--kind',
    'bank',
    '--credit-limit',
    'OMR=500.000',
    '--json',
  );
  t.match(JSON.parse(channel.out), { code: 'bank', available: [{ value: '500.000', currency: 'OMR' }] });
  await writeFile(path.join(dir, 'terms.json'), JSON.stringify({ route: 'via-operator' }));
  const agreed = await wasit(
    'agreement',
    'set',
    'fund',
    'bank',
    `@${path.join(dir, 'terms.json')}`,
    '--json',
  );
  t.same(JSON.parse(agreed.out), { billerCode: 'fund', channelCode: 'bank', version: 1 });
  const shown = await wasit('channel', 'show', 'bank');
  t.match(shown.out, /^creditLimit +OMR 500\.000$/m);
  t.match(shown.out, /^available +500\.000 OMR$/m);
  t.match(shown.out, /^rateLimit +default$/m);
  t.match((await wasit('key', 'list')).out, '(none)');
  const faulty = await wasit('biller', 'set', 'fund', '--cut-off', '25:00', '--time-zone', 'Mars/One');
  t.match(faulty.err, /HH:MM from 00:00 to 23:59, not 25:00; timeZone Mars\/One/, 'all faults, in words');
  const twice = await wasit('channel', 'add', 'bank', '--name', 'Bank', '--kind', 'bank', '--json');
  t.equal(twice.code, 1);
  t.match(JSON.parse(twice.out), { error: /already/ });
});

t.test('what takes something away asks, and does nothing where nobody answers', async (t) => {
  const { db, url } = await testWorld(t);
  const { wasit } = await commandLine(t, url);
  const status = async (): Promise<unknown> =>
    (await db.transaction((tx) => tx.query(`select status from channel where code = 'bank'`)))[0]?.['status'];
  const asked = await wasit('channel', 'suspend', 'bank');
  t.equal(asked.code, 1);
  t.match(asked.err, /--yes/);
  const dry = await wasit('channel', 'suspend', 'bank', '--dry-run', '--json');
  t.match(JSON.parse(dry.out), { dryRun: true, would: /suspend channel bank/ });
  t.equal(await status(), 'active');
  t.equal((await wasit('channel', 'suspend', 'bank', '--yes')).code, 0);
  t.equal(await status(), 'suspended');
});

t.test('a key made here signs a call there at once', async (t) => {
  const world = await startTestWorld(t);
  const { wasit, alone, dir } = await commandLine(t, world.url);
  const file = path.join(dir, 'bank.json');
  t.equal((await wasit('key', 'add', 'bank', '--algorithm', 'ed25519', '--out', file)).code, 0);
  t.equal((await stat(file)).mode & 0o777, 0o600);
  const call = await alone(
    'call',
    'POST',
    '/v1/inquiries',
    '{"billerCode":"om-social","payerId":"E-1"}',
    '--as',
    'bank',
    '--key',
    file,
    '--url',
    world.baseUrl,
    '--json',
  );
  t.equal(call.code, 0, call.err);
  t.match(JSON.parse(call.out), {
    request: { signatureBase: /"@method": POST\n/ },
    response: { status: 200, body: { bills: [] } },
  });
  const { keyId } = JSON.parse(await readFile(file, 'utf8')) as { keyId: string };
  t.equal((await wasit('key', 'revoke', keyId, '--yes')).code, 0);
  const listed = JSON.parse((await wasit('key', 'list', 'bank', '--json')).out) as {
    keyId: string;
    revokedAt?: string;
  }[];
  t.type(listed.find((key) => key.keyId === keyId)?.revokedAt, 'string');
});

t.test('a bill file is imported whole, and its bad lines are told', async (t) => {
  const { url } = await testWorld(t);
  const { wasit, dir } = await commandLine(t, url);
  const file = path.join(dir, 'bills.csv');
  await writeFile(
    file,
    'billNumber,payerId,payerName,description,amount,currency,dueOn\nB-1,E-1,A,B,5.000,OMR,2027-01-01\nB-2,E-1,A,B,5.00,OMR,2027-01-01\n',
  );
  const first = await wasit('bills', 'import', file, '--biller', 'om-social', '--json');
  t.equal(first.code, 0, first.err);
  t.match(JSON.parse(first.out), {
    state: 'done',
    known: false,
    lines: 2,
    created: 1,
    rejected: 1,
    rejects: [{ line: '3', field: 'amount' }],
  });
  t.match(JSON.parse((await wasit('bills', 'import', file, '--biller', 'om-social', '--json')).out), {
    known: true,
  });
  t.match((await wasit('bills', 'import', file, '--biller', 'om-social')).out, /nothing was done/);
  await writeFile(file, 'nonsense\n');
  t.equal((await wasit('bills', 'import', file, '--biller', 'om-social')).code, 1);
});
