// Statements as the operator meets them: the command line, and a bank's folder at SFTP.
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { addChannel, setAgreement } from '../../../src/channels/index.ts';
import { pickUp, setBankStatements, sweepStatements } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { commandLine } from '../../support/command-line.ts';
import { changeBank, makeRemitWorld } from '../../support/remit-world.ts';
import { sftpServer } from '../../support/sftp-server.ts';
import { OURS, statementParts } from '../../support/statement-world.ts';
import { ACTOR, addBills, done } from '../../support/world.ts';

const bookings = [{ minor: -5n, code: ['PMNT', 'MDOP', 'CHRG'] as const }];

t.test('import, list, show, settings', async (t) => {
  const world = await makeRemitWorld(t);
  const { wasit, dir } = await commandLine(t, world.url);
  const file = path.join(dir, 'a.xml');
  await writeFile(file, camt({ account: OURS, currency: 'OMR', bookings }));
  t.match(await wasit('statement', 'import', file, '--account', 'ours-egp'), {
    code: 1,
    err: /refused whole: statement 1 .*: it is of another account/,
  });
  const { code, out } = await wasit('statement', 'import', file, '--account', 'ours-omr', '--json');
  t.equal(code, 0);
  const shown = JSON.parse(out) as { fileId: string };
  t.match(shown, {
    known: true,
    state: 'read',
    statementsRead: [{ account: 'ours-omr', outcomes: { charge: 1 } }],
  });
  t.match(await wasit('statement', 'show', shown.fileId), { code: 0, out: /continuity/ });
  t.match(await wasit('statement', 'list'), { code: 0, out: /a\.xml/ });
  t.match(await wasit('bank', 'statements', 'main', '--encoding', 'iso-8859-6'), {
    code: 0,
    out: /iso-8859-6/,
  });
  t.match(await wasit('bank', 'statements', 'main', '--pickup', '{"way":"sftp","folder":"x"}'), {
    code: 1,
    err: /no SFTP account/,
  });
  t.match(await wasit('channel', 'account', 'add', 'bank', '7700-123456'), { code: 0, out: /\*+3456/ });
  t.match(await wasit('channel', 'account', 'add', 'shop', '7700123456'), {
    code: 1,
    err: /channel bank pays from it/,
  });
});

t.test('a folder at SFTP is read and left as it is', async (t) => {
  const server = await sftpServer(t);
  const world = await makeRemitWorld(t);
  const { port, user, folder, privateKey, fingerprint: hostKey } = server;
  const handover = { way: 'sftp', host: '127.0.0.1', port, user, folder, hostKey };
  await changeBank(world.db, { handover }, privateKey);
  done(await setBankStatements(world.db, 'main', { pickup: { way: 'sftp', folder } }, ACTOR));
  await writeFile(path.join(folder, 'one.xml'), camt({ account: OURS, currency: 'OMR', bookings }));
  await writeFile(path.join(folder, '.hidden'), 'x');
  const parts = { ...statementParts(world), dataDir: world.dataDir, billerIds: () => [1] };
  await pickUp(parts);
  await pickUp(parts);
  await sweepStatements(parts);
  t.same((await readdir(folder)).sort(), ['.hidden', 'one.xml']);
  t.match(
    await world.db.transaction((tx) => tx.query('select name, source, state, lines from statement_file')),
    [{ name: 'one.xml', source: 'sftp', state: 'read', lines: 1 }],
  );
  t.match(await world.db.transaction((tx) => tx.query('select what, name from picked_up')), [
    { what: 'statement', name: 'one.xml' },
  ]);
});

t.test('a deposit by the number of its bill pays it, through the same door', async (t) => {
  const world = await makeRemitWorld(t);
  done(await addChannel(world.db, 'deposit', { name: { en: 'Deposits' }, kind: 'deposit' }, ACTOR));
  const since = new Date('2026-01-01T00:00:00Z');
  const parties = { billerCode: 'om-social', channelCode: 'deposit' };
  done(await setAgreement(world.db, parties, { route: 'via-operator' }, ACTOR, since));
  await addBills(world.db, 'om', [{ number: 'OM-2026-000417', amount: '125.500' }]);
  const { wasit, dir } = await commandLine(t, world.url);
  const file = path.join(dir, 'deposits.xml');
  const deposits = [
    { minor: 125_500n, text: 'تسديد فاتورة OM 2026 000417', on: '2026-11-22' },
    { minor: 7_000n, text: 'no idea', on: '2026-11-22' },
  ];
  await writeFile(file, camt({ account: OURS, currency: 'OMR', bookings: deposits, from: '2026-11-22' }));
  const { out, err } = await wasit('statement', 'import', file, '--json');
  t.match(JSON.parse(out), { statementsRead: [{ outcomes: { deposit: 1, suspense: 1 } }] }, err);
  t.match(
    await world.db.transaction((tx) =>
      tx.query(`select status from bill where bill_number = 'OM-2026-000417'`),
    ),
    [{ status: 'paid' }],
  );
});
