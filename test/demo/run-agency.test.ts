// The demo agency's process: it may be killed and started again by hand, is not started twice, and never outlives the
// one that started it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Writable } from 'node:stream';
import t, { type Test } from 'tap';
import { agencyAt, prepareAgencyFile, runAgency, type RunningAgency } from '../../src/demo/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { createLog } from '../../src/platform/log.ts';
import { nodeArguments } from '../support/node-arguments.ts';
import { until } from '../support/until.ts';

interface Place {
  readonly dataDir: string;
  readonly url: string;
  /** What was logged. */
  readonly said: string[];
  run: () => Promise<RunningAgency>;
}

/** Its database is not there: it is needed for what the agency is told, not for being there. */
async function place(t: Test): Promise<Place> {
  const dataDir = t.testdir({});
  const url = `http://127.0.0.1:${await freePort()}`;
  await prepareAgencyFile(dataDir, { url, databaseUrl: 'postgres://nobody@127.0.0.1:1/agency' });
  const said: string[] = [];
  const stream = new Writable({ write: (line: Buffer, _, next) => (said.push(line.toString()), next()) });
  const run = async (): Promise<RunningAgency> => {
    const running = await runAgency(dataDir, url, createLog({ level: 'info', stream }));
    t.teardown(() => running.stop());
    await running.ready;
    return running;
  };
  return { dataDir, url, said, run };
}

const isGone = (url: string, dataDir: string) =>
  until('the agency is gone', async () => (await agencyAt(url, dataDir)) === undefined);

t.test('killed, it is missed once, with how to start it; then it runs again', async (t) => {
  const { dataDir, url, said, run } = await place(t);
  const { pid = 0 } = await run();
  t.strictSame(await agencyAt(url, dataDir), { pid });
  t.equal(await agencyAt(url, '/another/installation'), undefined);

  process.kill(pid, 'SIGKILL');
  await isGone(url, dataDir);
  await until('its end was logged', () => said.length > 0);
  t.equal(said.length, 1);
  t.match(said[0], `WASIT_DATA_DIR=${dataDir} npm run demo-agency`);

  const again = await run();
  t.not(again.pid, pid);
  await again.stop();
  await isGone(url, dataDir);
  t.equal(said.length, 1, 'its end by us is nothing to tell');
});

t.test('one that runs already is used, and left alone', async (t) => {
  const { dataDir, url, run } = await place(t);
  const first = await run();
  const second = await run();
  t.equal(second.pid, first.pid);
  await second.stop();
  t.strictSame(await agencyAt(url, dataDir), { pid: first.pid });
});

t.test('it ends when the one who started it is killed', async (t) => {
  const { dataDir, url } = await place(t);
  const script = path.join(import.meta.dirname, '../support/run-agency.ts');
  const parent = spawn(process.execPath, [...nodeArguments(script), dataDir, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  t.ok(await agencyAt(url, dataDir));
  parent.kill('SIGKILL');
  await isGone(url, dataDir);
});
