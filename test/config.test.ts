// The environment: defaults, what follows from what, and messages that name the variable at fault.
import path from 'node:path';
import t from 'tap';
import { loadMasterKey, readConfig } from '../src/config.ts';

t.test('defaults', async (t) => {
  const config = readConfig({});
  t.same(config, {
    host: '127.0.0.1',
    port: 8080,
    metricsPort: 8081,
    pgPort: 8082,
    redisPort: 8083,
    agencyPort: 9080,
    dataDir: path.resolve('.wasit'),
    databaseUrl: undefined,
    redisUrl: undefined,
    masterKey: undefined,
    logLevel: 'info',
    lanes: 2,
    groupLimit: 512,
    rateLimit: 50_000,
    queueLimit: 8192,
    deadlineMs: 3500,
    lookEveryMs: 5000,
    databasePool: 10,
    trustProxy: false,
    oidc: undefined,
    secondFactor: 'optional',
    privateNetworks: ['127.0.0.0/8', '::1/128'],
  });
  t.ok(Object.isFrozen(config));
});

t.test('what is given is taken, and ports follow WASIT_PORT', async (t) => {
  const config = readConfig({
    WASIT_PORT: '9000',
    WASIT_PG_PORT: '5555',
    WASIT_TRUST_PROXY: 'true',
    WASIT_LANES: '2',
  });
  t.match(config, {
    port: 9000,
    metricsPort: 9001,
    pgPort: 5555,
    redisPort: 9003,
    trustProxy: true,
    lanes: 2,
    groupLimit: 512,
    rateLimit: 50_000,
  });
  t.equal(readConfig({ WASIT_DATA_DIR: '/srv/wasit/' }).dataDir, '/srv/wasit');
  t.equal(readConfig({ WASIT_PORT: '', WASIT_HOST: ' ' }).port, 8080, 'an empty variable counts as unset');
});

t.test('private networks: this machine when embedded, else none but those named', async (t) => {
  const networks = (env: NodeJS.ProcessEnv) => readConfig(env).privateNetworks;
  t.same(networks({ DATABASE_URL: 'postgres://db/wasit' }), []);
  t.same(networks({ WASIT_PRIVATE_NETWORKS: '10.20.0.0/16, fd12::/16' }), ['10.20.0.0/16', 'fd12::/16']);
  for (const wrong of [
    '10.20.0.1',
    '10.20.0.0/33',
    'fd12::/129',
    '10.0.0.0/8,',
    'office',
    '::ffff:10.0.0.0/104',
  ])
    t.throws(() => networks({ WASIT_PRIVATE_NETWORKS: wrong }), {
      message: /^WASIT_PRIVATE_NETWORKS must be/,
    });
});

t.test('bad values are refused by name', async (t) => {
  const refused: [NodeJS.ProcessEnv, RegExp][] = [
    [{ WASIT_PORT: 'http' }, /^WASIT_PORT must be integer, not "http"$/],
    [{ WASIT_PORT: '0' }, /^WASIT_PORT must be >= 1, not "0"$/],
    [{ WASIT_PG_PORT: '70000' }, /^WASIT_PG_PORT must be <= 65535/],
    [{ WASIT_LANES: '1.5' }, /^WASIT_LANES must be integer/],
    [{ WASIT_LOG_LEVEL: 'loud' }, /^WASIT_LOG_LEVEL must be one of fatal, .*, not "loud"$/],
    [{ WASIT_SECOND_FACTOR: 'no' }, /^WASIT_SECOND_FACTOR must be optional or required, not "no"$/],
    [{ WASIT_TRUST_PROXY: 'maybe' }, /^WASIT_TRUST_PROXY must be boolean, not "maybe"$/],
    [{ WASIT_PORT: '9000', WASIT_PG_PORT: '9001' }, /^WASIT_METRICS_PORT and WASIT_PG_PORT are both 9001/],
    [{ WASIT_PORT: '9000', WASIT_PG_PORT: '10000' }, /^WASIT_PG_PORT and WASIT_AGENCY_PORT are both 10000/],
    [{ WASIT_PORT: '65534' }, /^WASIT_PG_PORT would be 65536: choose a WASIT_PORT of at most 65532$/],
    [{ WASIT_LANES: 'x', WASIT_PORT: 'y' }, /^WASIT_PORT .*; WASIT_LANES |^WASIT_LANES .*; WASIT_PORT /],
  ];
  for (const [env, message] of refused) t.throws(() => readConfig(env), { message }, JSON.stringify(env));
});

t.test('a bad secret is named, not shown', async (t) => {
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'WASIT_MASTER_KEY']) {
    const message = new RegExp(`^${name} must be (?!.*hunter2)`);
    t.throws(() => readConfig({ [name]: 'mysql://user:hunter2@db' }), { message }, name);
  }
});

t.test('master key', async (t) => {
  const key = Buffer.alloc(32, 7);
  const given = readConfig({ WASIT_MASTER_KEY: key.toString('base64'), DATABASE_URL: 'postgres://db/wasit' });
  t.ok((await loadMasterKey(given)).equals(key));
  await t.rejects(loadMasterKey(readConfig({ DATABASE_URL: 'postgres://db/wasit' })), {
    message: /^WASIT_MASTER_KEY is required with DATABASE_URL: it must be the base64 of 32 bytes/,
  });
  const embedded = readConfig({ WASIT_DATA_DIR: t.testdir({}) });
  t.ok(
    (await loadMasterKey(embedded)).equals(await loadMasterKey(embedded)),
    'embedded: made once, then kept',
  );
});
