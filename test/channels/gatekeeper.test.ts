// Who may pass the gate, as a client meets it: over HTTP, with keys that were made a moment ago.
import t from 'tap';
import { insertKey, newKey, type KeyWish } from '../../src/channels/credentials/index.ts';
import { startTestWorld, type TestWorld } from '../support/gateway.ts';
import { MASTER_KEY } from '../support/world.ts';

async function bearerFor(world: TestWorld, code: string, wish: Partial<KeyWish> = {}): Promise<string> {
  const made = newKey({ algorithm: 'bearer', ...wish }, MASTER_KEY);
  if (!made.ok) throw new Error(made.reason);
  await world.db.transaction(async (tx) => {
    const [row] = await tx.query<{ channel_id: number }>('select channel_id from channel where code = $1', [
      code,
    ]);
    await insertKey(tx, { kind: 'channel', channelId: row?.channel_id ?? 0 }, made.value.key);
  });
  return made.value.shownOnce ?? '';
}

async function inquire(world: TestWorld, bearer: string): Promise<number> {
  const answer = await fetch(`${world.baseUrl}/v1/inquiries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: '{"billerCode":"om-social","payerId":"E-1"}',
  });
  await answer.text();
  return answer.status;
}

t.test('a key serves from the moment it is made', async (t) => {
  const world = await startTestWorld(t);
  const statuses: number[] = [];
  for (let i = 0; i < 5; i += 1) statuses.push(await inquire(world, await bearerFor(world, 'bank')));
  t.same(statuses, [200, 200, 200, 200, 200]);
});

t.test('who tries keys is slowed down, and those who hold one are not', async (t) => {
  const world = await startTestWorld(t);
  const bearer = await bearerFor(world, 'bank');
  const tried = await Promise.all(Array.from({ length: 300 }, () => inquire(world, `wsk_${'x'.repeat(43)}`)));
  t.ok(tried.includes(429), 'some are told to wait');
  t.ok(
    tried.every((status) => status === 401 || status === 429),
    'and nothing else is told',
  );
  t.equal(await inquire(world, bearer), 200);
});
