// Claims on dropped files: of a worker that was killed they come to another, of one that works they do not.
import { mkdir, mkdtemp, readdir, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import t from 'tap';
import { takeDropped, type TakenFile } from '../../src/platform/files/index.ts';

async function aFolder(): Promise<{
  folder: string;
  told: string[];
  round: (idleMs?: number) => Parameters<typeof takeDropped>[0];
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dropped-'));
  const told: string[] = [];
  const note = (facts: unknown, text?: string): void => void told.push(`${text} ${JSON.stringify(facts)}`);
  const log = { warn: note, error: note };
  const nowMs = async () => Date.now();
  const round = (idleMs?: number) => ({ folder, what: 'it', facts: {}, log, nowMs, quietMs: 0, idleMs });
  return { folder, told, round };
}

async function textOf({ bytes }: TakenFile): Promise<string> {
  let text = '';
  for await (const piece of bytes()) text += String(piece);
  return text;
}

t.test('a claim that nobody touches is taken up, by one, and looked at as a file is', async (t) => {
  const { folder, told, round } = await aFolder();
  const home = path.join(folder, '.taking', '11111111-1111-4111-8111-111111111111');
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'a.xml'), 'left');
  await mkdir(path.join(folder, '.taking', '22222222-2222-4222-8222-222222222222'));
  const taken: string[] = [];
  const take = async (file: TakenFile) => {
    taken.push(await textOf(file));
    return 'read' as const;
  };
  await takeDropped(round(60_000), take);
  await takeDropped(round(60_000), take);
  t.same(taken, [], 'its worker may live');
  await utimes(home, 1, 1);
  await takeDropped(round(0), take);
  t.same(taken, [], 'touched since the last look');
  await Promise.all([takeDropped(round(0), take), takeDropped(round(0), take)]);
  t.same(taken, ['left']);
  t.same(await readdir(folder), ['read'], 'what was claimed and held nothing is gone');
  t.same(told, []);
});

t.test('a worker whose claim went to another says nothing, and takes nothing from it', async (t) => {
  const { folder, told, round } = await aFolder();
  await writeFile(path.join(folder, 'a.xml'), 'one');
  let others = 0;
  await takeDropped(round(), async () => {
    for (let looks = 0; looks < 2; looks++)
      await takeDropped(round(0), async () => {
        others += 1;
        return 'refused';
      });
    return 'read';
  });
  t.equal(others, 1);
  t.same(await readdir(path.join(folder, 'refused')), ['a.xml']);
  t.same(told, []);
});

t.test('nothing is set aside over another, however long its name', async (t) => {
  const { folder, told, round } = await aFolder();
  const long = 'x'.repeat(255);
  for (const text of ['one', 'two', 'three']) {
    await writeFile(path.join(folder, long), text);
    await takeDropped(round(), async () => 'read');
  }
  t.equal((await readdir(path.join(folder, 'read'))).length, 3);
  t.same(told, []);
});

t.test('what changes while it is read is not taken', async (t) => {
  const { folder, told, round } = await aFolder();
  await writeFile(path.join(folder, 'a.xml'), 'one');
  await takeDropped(round(), async (file) => {
    const [home = ''] = await readdir(path.join(folder, '.taking'));
    await writeFile(path.join(folder, '.taking', home, 'a.xml'), 'and more', { flag: 'a' });
    await textOf(file);
    return 'read';
  });
  t.match(told, [/tried again/]);
  const texts: string[] = [];
  await takeDropped(round(), async (file) => {
    texts.push(await textOf(file));
    return 'read';
  });
  t.same(texts, ['oneand more']);
});
