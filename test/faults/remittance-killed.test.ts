// A worker is killed at every step of sending a remittance: whoever comes after it sends what is left, and nothing twice.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import type { Database } from '../../src/platform/db/index.ts';
import type { Remittance } from '../../src/settlement/index.ts';
import { handOver, handOverParts } from '../../src/orders/index.ts';
import { makeOrders } from '../../src/settlement/orders/index.ts';
import { nodeArguments } from '../support/node-arguments.ts';
import {
  close,
  collect,
  eventsOf,
  EVENING,
  filesAt,
  makeRemitWorld,
  setAccount,
  type RemitWorld,
} from '../support/remit-world.ts';
import { BILLERS, setClock } from '../support/world.ts';

const PROGRAM = path.join(import.meta.dirname, '../support/run-remitter.ts');
const POINTS = ['ordered', 'claimed', 'written', 'offered', 'renamed'] as const;
const UNITS = [...POINTS, 'taken', 'together'];

/** A worker in a process of its own, which dies at `point`. */
async function diesAt(world: RemitWorld, point: string): Promise<void> {
  const args = [...nodeArguments(PROGRAM), world.url, world.dataDir, point];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (signal !== 'SIGKILL') throw new Error(`the worker was to die at ${point} and ended with ${code}`);
}

/** Whoever comes after, without waiting for the lease of the dead one. */
async function comesAfter({ parts }: RemitWorld): Promise<void> {
  await makeOrders(parts);
  await handOver({ ...handOverParts(parts), leaseMs: 0 });
}

/** One remittance for each unit, none of which may go before it is let go. */
async function manyHeld(world: RemitWorld): Promise<Map<string, Remittance>> {
  await collect(world, Object.fromEntries(UNITS.map((unit) => [unit, '10.000'])));
  for (const unit of UNITS)
    await setAccount(world.db, 'om-social', unit, { holder: unit, paysFrom: 'ours-omr' });
  await setClock(world.db, EVENING);
  const { remittances } = await close(world);
  await world.db.transaction((tx) => tx.query(`update remittance set held = 'funding', state = 'planned'`));
  return new Map(remittances.map((each) => [each.unit, each]));
}

async function letGo(db: Database, unit: string): Promise<void> {
  await db.transaction((tx) =>
    tx.query(`update remittance set held = null, state = 'approved' where unit = $1`, [unit]),
  );
}

async function filesWith(world: RemitWorld, endToEndId = ''): Promise<string[]> {
  const files = await filesAt(path.join(world.dataDir, 'orders'));
  return [...files].filter(([, text]) => text.includes(`<EndToEndId>${endToEndId}<`)).map(([name]) => name);
}

t.test('killed anywhere, a remittance is sent once', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const remittances = await manyHeld(world);
  for (const point of POINTS) {
    await letGo(db, point);
    await diesAt(world, point);
    await comesAfter(world);
    const files = await filesWith(world, remittances.get(point)?.endToEndId);
    t.equal(files.length, 1, `${point}: one file with it`);
  }
  const folder = path.join(world.dataDir, 'orders');
  t.equal((await readdir(folder)).length, POINTS.length + 1, 'and the mark of the folder, no half ones');

  // The bank collects the file before anybody could note that it lay there.
  await letGo(db, 'taken');
  await diesAt(world, 'renamed');
  const [taken = ''] = await filesWith(world, remittances.get('taken')?.endToEndId);
  await rm(path.join(folder, taken));
  await comesAfter(world);
  t.same(await filesWith(world, remittances.get('taken')?.endToEndId), [], 'not put there a second time');

  await letGo(db, 'together');
  await Promise.all([comesAfter(world), comesAfter(world), comesAfter(world)]);
  t.equal(
    (await filesWith(world, remittances.get('together')?.endToEndId)).length,
    1,
    'three workers, one file',
  );

  const states = await db.transaction((tx) =>
    tx.query<{ state: string; count: number }>(
      'select state, count(*)::int as count from order_file group by 1',
    ),
  );
  t.same(states, [{ state: 'handed-over', count: UNITS.length }]);
  const sent = (await eventsOf(db, BILLERS.om.id)).filter((event) => event.type === 'remittance.sent');
  t.equal(sent.length, UNITS.length, 'each agency is told of each once');
});
