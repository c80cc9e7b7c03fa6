// A camt.053 of 100 MB through the whole intake: sent to the gateway, read and placed by the worker; and another by `wasit
// statement import`. What is asked is flat memory of all three; how long it took is told.

import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { addStaff, signIn } from '../../src/access/index.ts';
import { addBankAccount } from '../../src/billers/bank/index.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { toClose } from './closing.ts';
import { peakMemoryMb } from './memory.ts';
import type { Row } from './report.ts';
import { runGateway, runWorker } from './run-gateway.ts';
import type { BenchServer } from './server.ts';
import { camt, linesOf } from './statement-lines.ts';
import { BILLER, type World } from './world.ts';

const BYTES = 100_000_000;
const MEMORY_LIMIT_MB = 250;
const ACTOR = { name: 'bench', origin: 'cli' } as const;
const PERSON = { login: 'bench', password: 'a long word of seven stones' } as const;
const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Intake {
  readonly answers: number;
  readonly unplaced: number;
  readonly seconds: { readonly kept: number; readonly placed: number; readonly command: number };
  readonly memoryMb: { readonly gateway: number; readonly worker: number; readonly command: number };
  readonly idleMb: { readonly gateway: number; readonly worker: number };
}

/** Of a world that has a bank `main`. */
export async function intake(server: BenchServer, world: World): Promise<Intake> {
  const { database } = world;
  const wish = { ...PERSON, name: 'Bench', role: 'operator-admin' } as const;
  const person = await addStaff(database, wish, ACTOR);
  if (!person.ok) throw new Error(person.reason);
  const lines = linesOf(BYTES);
  const sent = await write(server, world, { code: 'sent', number: '990012345679', lines });
  const brought = await write(server, world, { code: 'brought', number: '990012345680', lines });
  const worker = await runWorker(server, world);
  const gateway = await runGateway(server, world);
  const memory = async () => ({
    gateway: await peakMemoryMb(gateway.pid),
    worker: await peakMemoryMb(worker.pid),
  });
  const idleMb = await memory();
  // Not by the gateway: a password takes 128 MB for a moment, which is not what is asked here.
  const { token } = await signIn(
    { database, masterKey: Buffer.from(world.masterKey, 'base64'), clock: systemClock },
    PERSON,
    { address: 'bench' },
  );
  const startedAt = performance.now();
  await send(`http://127.0.0.1:${gateway.port}`, token, sent);
  const kept = (performance.now() - startedAt) / 1000;
  await untilPlaced(world);
  const placed = (performance.now() - startedAt) / 1000;
  const ofServers = await memory();
  await gateway.stop();
  await worker.stop();
  const command = await importByCommand(server, world, brought);
  return {
    answers: 2 * lines,
    unplaced: await waiting(world),
    seconds: { kept, placed, command: command.seconds },
    memoryMb: { ...ofServers, command: command.peakMb },
    idleMb,
  };
}

export function intakeRows({ answers, seconds, memoryMb, idleMb }: Intake): Row[] {
  const limit = `≤ ${MEMORY_LIMIT_MB} MB`;
  const rows = ([name, before]: readonly ['gateway' | 'worker' | 'command', string]): Row => ({
    what: `peak memory of ${name === 'command' ? '`wasit statement import`' : `the ${name}`}, a file of ${BYTES / 1e6} MB`,
    mustReach: limit,
    measured: `${memoryMb[name]} MB${before}`,
    isMet: memoryMb[name] <= MEMORY_LIMIT_MB,
  });
  const half = (answers / 2).toLocaleString('en');
  return [
    ...(
      [
        ['gateway', ` (${idleMb.gateway} MB before)`],
        ['worker', ` (${idleMb.worker} MB before)`],
        ['command', ''],
      ] as const
    ).map(rows),
    {
      what: `a file of ${BYTES / 1e6} MB, ${half} lines, sent over HTTP`,
      mustReach: '',
      measured: `kept after ${seconds.kept.toFixed(1)} s, read and placed after ${seconds.placed.toFixed(0)} s`,
    },
    {
      what: 'as many lines by `wasit statement import`',
      mustReach: '',
      measured: `${seconds.command.toFixed(0)} s`,
    },
  ];
}

/** A file of an account of its own, so that none of its lines is said before. */
async function write(
  server: BenchServer,
  { database, masterKey }: World,
  { code, number, lines }: { code: string; number: string; lines: number },
): Promise<string> {
  const wish = { bankCode: 'main', currency: BILLER.currency, holder: 'Bench', number };
  const account = await addBankAccount(database, code, wish, Buffer.from(masterKey, 'base64'), ACTOR);
  if (!account.ok) throw new Error(account.reason);
  const file = path.join(server.dir, `${code}.xml`);
  await pipeline(camt(number, lines), createWriteStream(file));
  const { size } = await fs.stat(file);
  if (size < BYTES) throw new Error(`${file} has ${size} bytes`);
  return file;
}

async function send(url: string, token: string, file: string): Promise<void> {
  const answer = await fetch(`${url}/v1/statements?name=sent.xml`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/xml' },
    body: Readable.toWeb(createReadStream(file, { highWaterMark: 1 << 18 })) as ReadableStream,
    duplex: 'half',
  });
  if (answer.status !== 202)
    throw new Error(`the file was answered ${answer.status}: ${await answer.text()}`);
}

/** Throws when the file is refused. */
async function untilPlaced({ database }: World): Promise<void> {
  for (;;) {
    const [file] = await database.transaction((tx) =>
      tx.query<{ state: string; fault: string | null; placed: boolean }>(
        `select f.state, f.fault, coalesce(bool_and(s.placed_at is not null), false) as placed
           from statement_file f left join statement s using (file_id) where f.name = 'sent.xml' group by f.file_id`,
      ),
    );
    if (file?.state === 'refused') throw new Error(`the file was refused: ${file.fault}`);
    if (file?.state === 'read' && file.placed) return;
    await sleep(200);
  }
}

async function importByCommand(
  server: BenchServer,
  world: World,
  file: string,
): Promise<{ seconds: number; peakMb: number }> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['scripts/run.mjs', 'src/wasit.ts', 'statement', 'import', file], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: world.database.url,
      WASIT_MASTER_KEY: world.masterKey,
      WASIT_DATA_DIR: path.join(server.dir, 'data'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  toClose(() => Promise.resolve(void child.kill()));
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? -1)));
  let peakMb = 0;
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  while (isRunning() && child.pid !== undefined) {
    // Gone between the question and the answer: what was read last stands.
    peakMb = await peakMemoryMb(child.pid).catch(() => peakMb);
    await sleep(100);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`wasit statement import ended with ${code}`);
  return { seconds: (performance.now() - startedAt) / 1000, peakMb };
}

async function waiting({ database }: World): Promise<number> {
  const [row] = await database.transaction((tx) =>
    tx.query<{ lines: number }>('select count(*)::int as lines from statement_line where outcome is null'),
  );
  return row?.lines ?? 0;
}
