// Queues on both backends: a job is done once, one job per id waits at a time, and a server that is away is said
// so in time.
import { once } from 'node:events';
import t from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';
import { openQueues, type QueueParts } from '../../src/platform/queue/index.ts';
import { testDatabase } from '../support/database.ts';
import { ownRedis } from '../support/own-redis.ts';
import { testRedisUrl } from '../support/services.ts';
import { until } from '../support/until.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

for (const kind of ['redis', 'postgres'] as const) {
  void t.test(`jobs on ${kind}`, async (t) => {
    const { url } = await testDatabase(t);
    const parts: QueueParts = {
      databaseUrl: url,
      log,
      ...(kind === 'redis' && { redisUrl: testRedisUrl() }),
    };
    const queues = openQueues(parts);
    t.equal(queues.kind, kind);
    const name = `test-${process.pid}`;
    const queue = queues.open<{ n: number }>(name);
    for (const n of [1, 1, 1, 2, 3]) await queue.add(`job-${n}`, { n });
    const seen: number[] = [];
    const others = openQueues(parts);
    others.work<{ n: number }>(
      name,
      async ({ n }) => {
        seen.push(n);
        if (n === 3) throw new Error('a job that fails');
      },
      { concurrency: 1 },
    );
    await until('three jobs', () => seen.length === 3);
    t.same(seen, [1, 2, 3], 'equal ids wait once, in order');
    await until('the same ids again', async () => {
      // Ended jobs, good or bad, leave no trace that would keep the id from coming again.
      await queue.add('job-1', { n: 1 });
      await queue.add('job-3', { n: 3 });
      const again = seen.slice(3);
      return again.includes(1) && again.includes(3);
    });

    const stopped: boolean[] = [];
    others.work<object>(
      `${name}-long`,
      async (_, signal) => {
        stopped.push(false);
        if (!signal.aborted) await once(signal, 'abort');
        stopped.push(true);
      },
      { concurrency: 1 },
    );
    await queues.open(`${name}-long`).add('long', {});
    await until('the long job', () => stopped.length === 1);
    await others.close();
    t.same(stopped, [false, true], 'a stop is told to the job, and waits for it');
    await queues.close();
  });
}

void t.test('a Redis that goes and comes back is named, once each time', async (t) => {
  const redis = await ownRedis(t);
  const server = new URL(redis.url).host;
  const said: string[] = [];
  const note = (...line: unknown[]): void => void said.push(String(line[1]));
  const noted = { ...log, info: note, warn: note };
  const queues = openQueues({ redisUrl: redis.url, databaseUrl: '', log: noted });
  const queue = queues.open<{ n: number }>('presence');
  queues.work('presence', async () => undefined, { concurrency: 1 });
  for (let n = 0; n < 3; n++) await t.rejects(queue.add(`job-${n}`, { n }));
  t.equal(said.length, 1, 'many connections and jobs, one line');
  await redis.start();
  await until('it is back', () => said.length > 1);
  await queue.add('job', { n: 1 });
  await redis.kill();
  await until('it is away again', () => said.length > 2);
  await t.rejects(queue.add('job', { n: 2 }));
  await queues.close();
  const words = ['is away', 'is back', 'is away'].map((state) => `the queue in Redis at ${server} ${state}`);
  t.same(
    said.map((line) => line.replace(/:[^:]*rows.*/, '')),
    words,
  );
});

void t.test('what the log says of the server has no password', async (t) => {
  const lines: string[] = [];
  const note = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
  const redisUrl = `redis://user:hush@127.0.0.1:${await freePort()}/1`;
  const queues = openQueues({ redisUrl, databaseUrl: '', log: { ...log, info: note, warn: note } });
  await t.rejects(queues.open('nowhere').add('job', {}));
  await queues.close();
  t.equal(lines.length, 1);
  t.notMatch(lines.join(), /hush/);
});

void t.test('a Redis that is not there', async (t) => {
  const queues = openQueues({ redisUrl: `redis://127.0.0.1:${await freePort()}`, databaseUrl: '', log });
  const started = performance.now();
  await t.rejects(queues.open('nowhere').add('job', {}));
  t.ok(performance.now() - started < 5_000);
  queues.work('nowhere', async () => undefined, { concurrency: 1 });
  await queues.close();
  t.ok(performance.now() - started < 10_000, 'and closing does not wait for it');
});
