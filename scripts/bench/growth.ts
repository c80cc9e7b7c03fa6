// The same payments on a database of ten million bills and payments (`--size`) and on one of a million, side by
// side on one server. What sums history, or misses an index, shows here.

import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { fill, type Filled } from './fill.ts';
import type { LoadResult } from './load-plan.ts';
import { Payer } from './payer.ts';
import { perSecond, ratioRow, readDurability } from './report.ts';
import { medianRatio, takeTurns } from './rounds.ts';
import { runGateway, type RunningGateway } from './run-gateway.ts';
import { ask, createDatabase, startServer, type BenchServer } from './server.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { makeWorld, type World } from './world.ts';

const SMALL = 1_000_000;
const LARGE = 10_000_000;
const OPEN_BILLS = 1_000_000;

interface Place {
  readonly database: Database;
  readonly world: World;
  readonly filled: Filled;
  readonly gateway: RunningGateway;
  readonly payer: Payer;
  readonly runs: LoadResult[];
}

export async function benchGrowth({ rounds, seconds, size = LARGE }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const small = await place(server, 'small', SMALL);
  const large = await place(server, 'large', size);
  await ask(server.url, 'checkpoint'); // the filling's last pages are nobody's measurement
  const pay = async ({ payer, gateway, world, runs }: Place): Promise<number> => {
    const run = await payer.pay({
      port: gateway.port,
      auth: { kind: 'bearer', key: world.bearer.secret },
      connections: 64,
      seconds,
    });
    runs.push(run);
    return run.rate;
  };
  await pay(small); // compiles; thrown away
  await pay(large);
  for (const { runs } of [small, large]) runs.length = 0;
  const rates = await takeTurns(rounds, { small: () => pay(small), large: () => pay(large) });
  const durability = await readDurability(server);
  const books = await checkBooks(large.database, size + large.payer.accepted);
  await checkBooks(small.database, SMALL + small.payer.accepted);
  const [bytes] = await ask(
    large.database.url,
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  );
  return {
    durability,
    findings: {
      title: `Growth: ${millions(size)} bills and payments against ${millions(SMALL)}`,
      rows: [
        ratioRow(
          `pay, c=64, at ${millions(size)} against ${millions(SMALL)}`,
          medianRatio(rates.large, rates.small),
          { atLeast: 0.8 },
          `${perSecond(rates.large)} against ${perSecond(rates.small)}`,
        ),
      ],
      notes: [
        `${rounds} rounds of ${seconds} s each after a second of warm-up; both databases on one server, each with ${millions(OPEN_BILLS)} open bills spread evenly among the paid ones.`,
        `Filled by SQL in ${Math.round(small.filled.seconds)} s and ${Math.round(large.filled.seconds)} s (vacuum and analyze included); the large database has ${String(bytes?.['size'])}.`,
        'A longer run: `npm run bench growth -- --size 100000000` (some 220 GB of disk).',
      ],
      answers: small.payer.answers + large.payer.answers,
      failed: small.payer.failed + large.payer.failed,
      firstFailure: small.payer.firstFailure ?? large.payer.firstFailure,
      books: `hold, ${books.payments} payments in the large database, checked in ${Math.round(books.seconds)} s`,
      measurements: { small: small.runs, large: large.runs },
    },
  };
}

async function place(server: BenchServer, name: string, paidBills: number): Promise<Place> {
  const database = await createDatabase(server, name);
  const world = await makeWorld(database);
  const filled = await fill(database, { openBills: OPEN_BILLS, paidBills });
  console.error(`  filled ${name} with ${millions(paidBills)} payments in ${Math.round(filled.seconds)} s`);
  return {
    database,
    world,
    filled,
    gateway: await runGateway(server, world),
    payer: new Payer(filled),
    runs: [],
  };
}

function millions(count: number): string {
  return count === 1_000_000 ? 'a million' : `${count / 1_000_000} million`;
}
