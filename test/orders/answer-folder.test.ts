// A bank's folder while somebody else writes to it: what takes the place of a file, names used again, clocks that differ,
// workers that come at once or were killed. Each answer is taken, whoever does what.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { sweepAnswers } from '../../src/orders/index.ts';
import { lay, messageIdOf, report } from '../support/bank-answers.ts';
import { makeRemitWorld, planned, standing, work, type RemitWorld } from '../support/remit-world.ts';

interface Ordered {
  readonly world: RemitWorld;
  readonly folder: string;
  readonly remittanceId: string;
  readonly message: string;
  /** `meanwhile` happens each time that an answer is being read. */
  readonly sweep: (meanwhile?: (bytes: Buffer) => Promise<void>) => Promise<void>;
}

async function ordered(t: Test): Promise<Ordered> {
  const world = await makeRemitWorld(t);
  const { remittanceId } = await planned(world);
  const message = messageIdOf(await work(world, '2026-11-23T06:00:00Z'));
  const folder = path.join(world.dataDir, 'answers', 'main');
  await mkdir(folder, { recursive: true });
  const sweep: Ordered['sweep'] = (meanwhile = async () => undefined) =>
    sweepAnswers({
      ...world.parts,
      async reader(bytes) {
        await meanwhile(bytes);
        return readOrderStatus(bytes);
      },
    });
  return { world, folder, remittanceId, message, sweep };
}

const errors = ({ lines }: RemitWorld) => lines.filter(({ level }) => level === 'error');

t.test('a bank that always uses one name loses nothing', async (t) => {
  const { world, folder, remittanceId, message, sweep } = await ordered(t);
  await lay(world, 'main', 'status.xml', report(message, 'ACTC'));
  let isReplaced = false;
  const replace = async (): Promise<void> => {
    if (isReplaced) return;
    isReplaced = true;
    await lay(world, 'main', '.new', report(message, 'RJCT'));
    await rename(path.join(folder, '.new'), path.join(folder, 'status.xml'));
  };
  await sweep(replace);
  t.same((await readdir(folder)).sort(), ['read', 'status.xml'], 'the newer lies there');
  await sweep();
  t.match(await standing(world.db, remittanceId), { state: 'rejected' });
  t.same((await readdir(path.join(folder, 'read'))).sort(), ['status.xml', 'status.xml.2']);
  t.same(errors(world), []);
});

t.test('what takes the place of a file is not waited for and not followed', async (t) => {
  const { world, folder, message, sweep } = await ordered(t);
  const [pipe, link] = [path.join(folder, 'b-pipe.xml'), path.join(folder, 'c-link.xml')];
  await lay(world, 'main', 'a.xml', report(message, 'ACTC'));
  await lay(world, 'main', 'b-pipe.xml', '<a/>');
  await lay(world, 'main', 'c-link.xml', '<a/>');
  let reads = 0;
  const replace = async (): Promise<void> => {
    reads += 1;
    await Promise.all([rm(pipe), rm(link)]);
    execFileSync('mkfifo', [pipe]);
    await symlink('/dev/zero', link);
  };
  await sweep(replace);
  t.equal(reads, 1);
  await sweep();
  await sweep();
  t.same((await readdir(folder)).sort(), ['b-pipe.xml', 'c-link.xml', 'read']);
  t.match(errors(world), [{ told: { file: /^[bc]-/ } }, { told: { file: /^[bc]-/ } }]);
  t.equal(errors(world).length, 2, 'each is told once');
});

t.test('a clock ahead of ours delays nothing', async (t) => {
  const { world, folder, remittanceId, message, sweep } = await ordered(t);
  await lay(world, 'main', 'a.xml', report(message, 'RJCT'), -365 * 86_400);
  const look = () => sweepAnswers({ ...world.parts, reader: readOrderStatus, quietMs: 0 });
  await look();
  t.match(await standing(world.db, remittanceId), { state: 'sent' }, 'it may still be written');
  await sweep();
  t.same(await readdir(folder), ['a.xml'], 'the same, but not for five seconds');
  await look();
  t.match(await standing(world.db, remittanceId), { state: 'rejected' });
  t.same(await readdir(path.join(folder, 'read')), ['a.xml']);
});

t.test('what bears the name of our folders does not stop the others', async (t) => {
  const { world, folder, remittanceId, message, sweep } = await ordered(t);
  await lay(world, 'main', 'a.xml', '<wrong/>');
  await lay(world, 'main', 'b.xml', report(message, 'RJCT'));
  await lay(world, 'main', 'refused', 'none of ours');
  const elsewhere = path.join(world.dataDir, 'elsewhere');
  await mkdir(elsewhere);
  await symlink(elsewhere, path.join(folder, 'read'));
  await sweep();
  await sweep();
  t.match(await standing(world.db, remittanceId), { state: 'rejected' });
  t.same((await readdir(folder)).sort(), ['read', 'read.2', 'refused', 'refused.2']);
  t.same(await readdir(elsewhere), [], 'a link is not followed');
  t.same(await readdir(path.join(folder, 'read.2')), ['b.xml']);
  t.same(await readdir(path.join(folder, 'refused.2')), ['a.xml']);
  t.same(
    await readdir(path.join(folder, 'refused')),
    ['refused'],
    'the file of that name was read in its turn',
  );
  const told = errors(world).map(({ told }) => (told as { file: string }).file);
  t.same(told.sort(), ['read', 'read', 'refused']);
});

t.test('of several workers each takes its own, and nobody speaks of what another has', async (t) => {
  const { world, folder, message, sweep } = await ordered(t);
  const names = Array.from({ length: 40 }, (_, nth) => `${String(nth).padStart(2, '0')}.xml`);
  for (const name of names)
    await lay(world, 'main', name, `${String(report(message, 'ACTC'))}<!-- ${name} -->`);
  const read: string[] = [];
  const noting = async (bytes: Buffer): Promise<void> => void read.push(String(bytes.subarray(-20)));
  await Promise.all([sweep(noting), sweep(noting), sweep(noting)]);
  t.same((await readdir(path.join(folder, 'read'))).sort(), names);
  t.equal(new Set(read).size, 40);
  t.equal(read.length, 40, 'each once');
  t.same(errors(world), []);
});

t.test('what a killed worker had in hand is taken up, and what failed is tried again', async (t) => {
  const { world, folder, remittanceId, message, sweep } = await ordered(t);
  await lay(world, 'main', 'a.xml', report(message, 'RJCT'));
  await sweep(async () => {
    throw new Error('the database is away');
  });
  t.match(errors(world), [{ text: 'an answer of a bank was not taken; it is tried again' }]);
  const [home = ''] = await readdir(path.join(folder, '.taking'));
  t.same(await readdir(path.join(folder, '.taking', home)), ['a.xml']);
  await lay(world, 'main', 'a.xml', report(message, 'ACTC'));
  await sweep();
  t.match(await standing(world.db, remittanceId), { state: 'rejected' });
  t.same((await readdir(folder)).sort(), ['read']);
  t.same((await readdir(path.join(folder, 'read'))).sort(), ['a.xml', 'a.xml.2']);
});

t.test('a file that grows while it is read is not taken by half', async (t) => {
  const { world, folder, remittanceId, message } = await ordered(t);
  const whole = report(message, 'RJCT');
  await lay(world, 'main', 'a.xml', '<wrong');
  await lay(world, 'main', 'b.xml', whole.subarray(0, 100));
  const finish = async (bytes: Buffer): Promise<void> => {
    if (!bytes.includes('<wrong')) return;
    await writeFile(path.join(folder, 'b.xml'), whole.subarray(100), { flag: 'a' });
  };
  const sweep = () =>
    sweepAnswers({
      ...world.parts,
      async reader(bytes) {
        await finish(bytes);
        return readOrderStatus(bytes);
      },
    });
  await sweep();
  t.equal((await readFile(path.join(folder, 'b.xml'))).length, whole.length, 'left alone');
  const then = Date.now() / 1000 - 60;
  await utimes(path.join(folder, 'b.xml'), then, then);
  await sweep();
  t.match(await standing(world.db, remittanceId), { state: 'rejected' });
});
