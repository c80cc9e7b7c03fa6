// The servers that `npm start` has started are killed under it: payments are taken again without anybody doing anything,
// Redis is not missed meanwhile, and where PostgreSQL cannot be had back the process ends and says why.
import fs from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { readDemoFile } from '../../src/demo/index.ts';
import { serversIn } from '../../src/platform/embedded/processes.ts';
import { bill, Client } from '../support/client.ts';
import { recovered } from '../support/recovered.ts';
import { startWasit } from '../support/start-wasit.ts';
import { until } from '../support/until.ts';

t.test('the embedded servers are killed', async (t) => {
  const { baseUrl, dataDir, wasit, ended } = await startWasit(t);
  const demo = await readDemoFile(dataDir);
  const bank = new Client(baseUrl, demo?.clients['bank-one']?.key ?? '');
  const owed = (demo?.bills ?? []).filter(({ billerCode }) => billerCode === 'om-social');
  const pay = async () => {
    const { billNumber = '', amountDue } = owed.shift() ?? {};
    const { value, currency } = amountDue ?? {};
    const order = { billerCode: 'om-social', bills: [bill(billNumber, value ?? '', currency)] };
    return (await bank.pay({ ...order, reference: billNumber, occurredAt: new Date().toISOString() })).body
      ?.status;
  };
  const dirOf = (name: string) => fs.realpath(path.join(dataDir, name));
  const [pgDir, redisDir] = [await dirOf('pg'), await dirOf('redis').catch(() => '')];
  const kill = async (dir: string, signal: NodeJS.Signals): Promise<number | undefined> => {
    const [pid] = await serversIn(dir, /^(postgres|(redis|valkey)-server)$/);
    if (pid !== undefined) process.kill(pid, signal);
    return pid;
  };
  t.equal(await pay(), 'accepted');

  await t.test('PostgreSQL', async (t) => {
    await kill(pgDir, 'SIGKILL');
    await recovered(bank);
    t.equal(await pay(), 'accepted');
    await until('it is ready', async () => (await fetch(`${baseUrl}/health/ready`)).ok);
  });

  await t.test('Redis', async (t) => {
    const killed = await kill(redisDir, 'SIGKILL');
    t.equal(await pay(), 'accepted');
    if (killed === undefined) return;
    await until('another one runs', async () => {
      const [pid] = await serversIn(redisDir, /-server$/);
      return pid !== undefined && pid !== killed;
    });
  });

  await t.test('PostgreSQL, and its data with it', async (t) => {
    t.match(await wasit('books'), /The books hold/);
    await fs.rename(path.join(pgDir, 'PG_VERSION'), path.join(pgDir, 'moved'));
    await kill(pgDir, 'SIGKILL');
    const { code, said } = await ended;
    t.equal(code, 1);
    t.match(said, /wasit: the embedded PostgreSQL has ended, and its data in .* is gone; Wasit has ended/);
    t.same(await serversIn(redisDir, /-server$/), [], 'nothing is left running');
  });
});
