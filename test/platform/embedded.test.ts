// The embedded servers as a person meets them: started, stopped, killed, started twice, on a taken port.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import pg from 'pg';
import t from 'tap';
import type { Test } from 'tap';
import {
  freePort,
  readOrCreateMasterKey,
  requireFreePort,
  startEmbedded,
} from '../../src/platform/embedded/index.ts';
import type { EmbeddedServices } from '../../src/platform/embedded/index.ts';
import { nodeArguments } from '../support/node-arguments.ts';

interface Place {
  dataDir: string;
  pgPort: number;
  redisPort: number;
}

async function newPlace(t: Pick<Test, 'teardown'>, mode = 0o711): Promise<Place> {
  const dataDir = await fs.mkdtemp(path.join(os.tmpdir(), 'wasit-embedded-'));
  await fs.chmod(dataDir, mode);
  const place = { dataDir, ...(await newPorts()) };
  t.teardown(async () => {
    // Whatever the test left running is taken over and stopped.
    await (await startEmbedded({ ...place, ...(await newPorts()) })).stop();
    const home = path.dirname(await fs.realpath(path.join(dataDir, 'pg')));
    for (const dir of [home, dataDir]) await fs.rm(dir, { recursive: true, force: true });
  });
  return place;
}

async function newPorts(): Promise<{ pgPort: number; redisPort: number }> {
  const [pgPort, redisPort] = await Promise.all([freePort(), freePort()]);
  return { pgPort, redisPort };
}

async function ask<Row extends pg.QueryResultRow>(services: EmbeddedServices, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: services.databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function redisFact(services: EmbeddedServices, name: string): Promise<string | undefined> {
  const redis = new Redis(services.redisUrl ?? '', { lazyConnect: true, retryStrategy: null });
  try {
    await redis.connect();
    return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(await redis.info())?.[1];
  } finally {
    redis.disconnect();
  }
}

/** Starts the services in another process and kills that process without a word. */
async function startAndKill({ dataDir, pgPort, redisPort }: Place): Promise<void> {
  const script = fileURLToPath(new URL('../support/run-embedded.ts', import.meta.url));
  const child = spawn(process.execPath, [...nodeArguments(script), dataDir, `${pgPort}`, `${redisPort}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const postmasterPid = async (dataDir: string) =>
  Number((await fs.readFile(path.join(dataDir, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0]);

t.test('starts, stops, starts again with what was stored', async (t) => {
  const place = await newPlace(t);
  await fs.mkdir(path.join(place.dataDir, 'pg.new'), { mode: 0o700 }); // what an interrupted first start leaves
  await fs.writeFile(path.join(place.dataDir, 'pg.new', 'PG_VERSION'), '18\n');

  const first = await startEmbedded(place);
  await ask(first, 'create table kept as select 42 as n');
  const settings = await ask<{ name: string; setting: string }>(
    first,
    `select name, setting from pg_settings where name in
       ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses', 'TimeZone', 'max_connections')`,
  );
  t.same(Object.fromEntries(settings.map((row) => [row.name, row.setting])), {
    fsync: 'on',
    full_page_writes: 'on',
    synchronous_commit: 'on',
    listen_addresses: '127.0.0.1',
    TimeZone: 'UTC',
    max_connections: '200',
  });
  t.equal(await redisFact(first, 'maxmemory_policy'), 'noeviction');
  t.equal(await redisFact(first, 'aof_enabled'), '1');
  await Promise.all([first.stop(), first.stop()]);
  await requireFreePort(place.pgPort, 'WASIT_PG_PORT');
  await requireFreePort(place.redisPort, 'WASIT_REDIS_PORT');

  const second = await startEmbedded(place);
  t.same(await ask(second, 'select n from kept'), [{ n: 42 }]);
  await second.stop();
});

t.test('kill -9 of the process that started them', async (t) => {
  const place = await newPlace(t);

  await t.test('same ports: the running servers are taken over', async (t) => {
    await startAndKill(place);
    const pid = await postmasterPid(place.dataDir);
    const services = await startEmbedded(place);
    t.equal(await postmasterPid(place.dataDir), pid);
    t.ok(await redisFact(services, 'run_id'));
    await services.stop();
    await requireFreePort(place.pgPort, 'WASIT_PG_PORT');
    await requireFreePort(place.redisPort, 'WASIT_REDIS_PORT');
  });

  await t.test('other ports: the running servers move', async (t) => {
    await startAndKill(place);
    const services = await startEmbedded({ ...place, ...(await newPorts()) });
    t.same(await ask(services, 'select 1 as n'), [{ n: 1 }]);
    t.ok(await redisFact(services, 'run_id'));
    await requireFreePort(place.pgPort, 'WASIT_PG_PORT');
    await requireFreePort(place.redisPort, 'WASIT_REDIS_PORT');
    await services.stop();
  });

  await t.test('the data directory deleted too: a new one is not touched by the old servers', async (t) => {
    await startAndKill(place);
    for (const name of ['pg', 'redis']) await fs.rm(path.join(place.dataDir, name), { recursive: true });
    await (await startEmbedded(place)).stop();
    const services = await startEmbedded(place);
    t.same(await ask(services, 'select 1 as n'), [{ n: 1 }]);
    await services.stop();
  });

  await t.test('the servers killed too, and the pid in the pid file given to somebody else', async (t) => {
    await startAndKill(place);
    const file = path.join(place.dataDir, 'pg', 'postmaster.pid');
    const lines = (await fs.readFile(file, 'utf8')).split('\n');
    process.kill(Number(lines[0]), 'SIGKILL');
    await fs.writeFile(file, [process.pid, ...lines.slice(1)].join('\n'));
    const services = await startEmbedded(place);
    t.same(await ask(services, 'select 1 as n'), [{ n: 1 }]);
    await services.stop();
  });
});

t.test(
  'a port that somebody else uses is named with its variable, and nothing is left running',
  async (t) => {
    const place = await newPlace(t);
    const stranger = net.createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    t.teardown(() => stranger.close());
    const taken = (stranger.address() as net.AddressInfo).port;

    await t.rejects(startEmbedded({ ...place, pgPort: taken }), {
      message: new RegExp(`^port ${taken} \\(WASIT_PG_PORT\\) is taken by another program; `),
    });
    await requireFreePort(place.redisPort, 'WASIT_REDIS_PORT');
    await t.rejects(startEmbedded({ ...place, redisPort: taken }), {
      message: new RegExp(`^port ${taken} \\(WASIT_REDIS_PORT\\) is taken by another program; `),
    });
    await requireFreePort(place.pgPort, 'WASIT_PG_PORT');
    await t.rejects(fs.stat(path.join(place.dataDir, 'wasit.lock')), { code: 'ENOENT' });
  },
);

t.test('one data directory serves one Wasit', async (t) => {
  const place = await newPlace(t);
  const services = await startEmbedded(place);
  await t.rejects(startEmbedded({ ...place, ...(await newPorts()) }), {
    message: `another Wasit (process ${process.pid}) is using ${place.dataDir}; stop it first, or give this one its own WASIT_DATA_DIR and WASIT_PORT`,
  });
  t.same(await ask(services, 'select 1 as n'), [{ n: 1 }], 'the first one is untouched');
  await services.stop();
});

t.test('a lock of a dead process, and of a living one that only has its pid, are taken over', async (t) => {
  const place = await newPlace(t);
  for (const stale of ['999999999 1\n', `${process.pid} 1\n`, '', 'garbage']) {
    await fs.writeFile(path.join(place.dataDir, 'wasit.lock'), stale);
    await (await startEmbedded(place)).stop();
  }
  t.same(
    (await fs.readdir(place.dataDir)).filter((name) => name.startsWith('wasit.lock')),
    [],
  );
});

t.test('a data directory that only its owner can enter', async (t) => {
  const place = await newPlace(t, 0o700);
  const lines: string[] = [];
  const services = await startEmbedded({ ...place, log: (line) => lines.push(line) });
  t.same(await ask(services, 'select 1 as n'), [{ n: 1 }]);
  await services.stop();
  const pgDir = path.join(place.dataDir, 'pg');
  const real = await fs.realpath(pgDir);
  if (process.getuid?.() === 0) {
    t.match(real, /^\/var\/lib\/wasit\/[0-9a-f]{16}\/pg$/, 'under root the servers run as another account');
    t.match(lines.join('\n'), `${pgDir} is a link to it`);
  } else t.equal(real, pgDir);
});

t.test('the master key is made once, for its owner alone', async (t) => {
  const dataDir = t.testdir({});
  const [one, two] = await Promise.all([readOrCreateMasterKey(dataDir), readOrCreateMasterKey(dataDir)]);
  t.equal(one.length, 32);
  t.ok(one.equals(two));
  const file = path.join(dataDir, 'master.key');
  t.equal((await fs.stat(file)).mode & 0o777, 0o600);
  t.ok((await readOrCreateMasterKey(dataDir)).equals(one));
  t.same(await fs.readdir(dataDir), ['master.key']);
  await fs.writeFile(file, 'short\n');
  await t.rejects(readOrCreateMasterKey(dataDir), {
    message: /master\.key does not hold the base64 of 32 bytes/,
  });
});
