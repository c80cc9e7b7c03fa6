// Answers of banks in a folder at SFTP, on a real OpenSSH server: each is fetched once and left there, kept as it came, and what
// is no answer is told.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { fetchAnswers, LARGEST_ANSWER_BYTES, setBankAnswers } from '../../src/orders/index.ts';
import { readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { messageIdOf, report } from '../support/bank-answers.ts';
import { commandLine } from '../support/command-line.ts';
import { changeBank, makeRemitWorld, planned, standing, work } from '../support/remit-world.ts';
import { sftpServer } from '../support/sftp-server.ts';
import { ACTOR, done } from '../support/world.ts';

async function ordered(t: Test) {
  const server = await sftpServer(t);
  const world = await makeRemitWorld(t);
  const { remittanceId } = await planned(world);
  const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
  const { port, user, privateKey, fingerprint: hostKey } = server;
  const handover = { way: 'sftp', host: '127.0.0.1', port, user, folder: server.folder, hostKey };
  await changeBank(world.db, { handover }, privateKey);
  const folder = path.join(server.folder, 'out');
  await mkdir(folder);
  const put = (name: string, bytes: Buffer | string) => writeFile(path.join(folder, name), bytes);
  let reads = 0;
  const reader = (bytes: Buffer) => {
    reads += 1;
    return readOrderStatus(bytes);
  };
  const fetch = () => fetchAnswers({ ...world.parts, reader });
  const told = (level: string) => world.lines.filter((line) => line.level === level);
  const fetchFrom = async (pickup: object | null) =>
    done(await setBankAnswers(world.db, 'main', { pickup }, ACTOR));
  return { ...world, server, remittanceId, message, folder, put, fetch, fetchFrom, told, reads: () => reads };
}

t.test('an answer is fetched once and left there, and kept as it came', async (t) => {
  const { db, url, folder, message, remittanceId, put, fetch, fetchFrom, told, reads } = await ordered(t);
  const bytes = report(message, 'RJCT');
  await put('status.xml', bytes);
  await put('.hidden.xml', 'x');
  await put('next.xml.part', 'x');
  await mkdir(path.join(folder, 'archive'));
  await fetch();
  t.match(await standing(db, remittanceId), { state: 'sent' }, 'nothing is fetched unless a setting says so');
  await fetchFrom({ way: 'sftp', folder });
  await Promise.all([fetch(), fetch()]);
  await fetch();
  t.match(await standing(db, remittanceId), { state: 'rejected' });
  t.same((await readdir(folder)).sort(), ['.hidden.xml', 'archive', 'next.xml.part', 'status.xml']);
  t.ok(reads() <= 2, 'each worker reads it at the most once');
  t.same(told('error'), []);
  const { wasit, dir } = await commandLine(t, url);
  const saved = path.join(dir, 'saved.xml');
  t.match(await wasit('bank', 'answer', 'save', 'status.xml', '-o', saved), { code: 0 });
  t.same(await readFile(saved), bytes);
  await fetchFrom(null);
  await put('later.xml', '<wrong/>');
  await fetch();
  t.same(told('warn'), [], 'taken away, and nothing more is fetched');
});

t.test('what is no answer is told once and does not keep the others', async (t) => {
  const { db, folder, message, remittanceId, put, fetch, fetchFrom, told } = await ordered(t);
  await fetchFrom({ way: 'sftp', folder, names: ['PAIN002_*.xml', 'pain.012'] });
  await put('pain002_1.xml', '<half');
  await put('pain002_2.xml', Buffer.alloc(LARGEST_ANSWER_BYTES + 1, ' '));
  await put('pain002_3.xml', report('WST0THER', 'RJCT'));
  await put('camt053_1.xml', 'a statement');
  await put('pain-012', 'a dot is a dot');
  await put('pain002_4.xml', report(message, 'RJCT'));
  await fetch();
  await fetch();
  t.match(await standing(db, remittanceId), { state: 'rejected' });
  t.match(
    told('warn').map((line) => line.told),
    [
      { bank: 'main', file: 'pain002_1.xml', refused: /\w/ },
      { file: 'pain002_3.xml', unknown: ['WST0THER'] },
    ],
  );
  t.equal(told('warn').length, 2);
  t.match(told('error'), [{ told: { file: 'pain002_2.xml' }, text: /larger than any/ }]);
  t.equal(told('error').length, 1);
  await rename(path.join(folder, 'camt053_1.xml'), path.join(folder, 'pain002_1.xml'));
  await fetch();
  t.equal(told('warn').length, 3, 'another file under a name that was fetched is another file');
});

t.test(
  'a file that cannot be taken yet is fetched again, a server that is away is tried again',
  async (t) => {
    const world = await ordered(t);
    const { db, server, folder, message, remittanceId, put, fetch, fetchFrom, told, parts } = world;
    await fetchFrom({ way: 'sftp', folder });
    await put('a.xml', '<wrong/>');
    await put('b.xml', report(message, 'RJCT'));
    await server.stop();
    await fetch();
    t.match(told('error'), [{ told: { bank: 'main' }, text: /answers were not fetched; it is tried again/ }]);
    await server.start();
    const reader = (bytes: Buffer) =>
      bytes.includes('wrong') ? Promise.reject(new Error('out of order')) : readOrderStatus(bytes);
    await fetchAnswers({ ...parts, reader });
    t.match(told('error')[1], { told: { file: 'a.xml', err: /out of order/ } });
    t.match(await standing(db, remittanceId), { state: 'rejected' }, 'the others go on');
    await fetch();
    t.match(told('warn'), [{ told: { file: 'a.xml', refused: /\w/ } }], 'and it is fetched again');
  },
);

t.test('the setting', async (t) => {
  const world = await makeRemitWorld(t);
  const { wasit } = await commandLine(t, world.url);
  const set = (pickup: string) => wasit('bank', 'answer', 'settings', 'main', '--pickup', pickup);
  const out = '{"way":"sftp","folder":"out"}';
  t.match(await set(out), { code: 1, err: /no SFTP account/ });
  const hostKey = `SHA256:${'a'.repeat(43)}`;
  const handover = { way: 'sftp', host: 'bank.example', user: 'wasit', hostKey };
  await changeBank(world.db, { handover }, 'secret');
  t.match(await set('{"way":"ftp","folder":"out","names":1,"port":2}'), {
    code: 1,
    err: /pickup has no port.*pickup\.way/s,
  });
  t.match(await set(out), { code: 0 });
  t.match(await wasit('bank', 'answer', 'settings', 'main', '--json'), { code: 0, out: /"folder": ?"out"/ });
  t.match(await set('none'), { code: 0 });
  t.match(JSON.parse((await wasit('bank', 'answer', 'settings', 'main', '--json')).out), {});
  t.match(await wasit('bank', 'answer', 'settings', 'none'), { code: 1, err: /there is no bank none/ });
  const acts = await world.db.transaction((tx) =>
    tx.query(`select action, subject from audit_log where action = 'bank.answers'`),
  );
  t.match(acts, [{ subject: 'bank/main' }, { subject: 'bank/main' }]);
});
