// Inquiries by bill number, 64 at a time, anywhere among a million open bills, against bare Fastify with schemas
// that answers without a database.

import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { drive, median } from './drive.ts';
import { fill } from './fill.ts';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { spreadOf } from './payer.ts';
import { startProgram } from './program.ts';
import { perSecond, ratioRow, readDurability } from './report.ts';
import { medianRatio, takeTurns } from './rounds.ts';
import { runGateway } from './run-gateway.ts';
import { benchPort, createDatabase, startServer } from './server.ts';
import { BILLER, makeWorld } from './world.ts';

const OPEN_BILLS = 1_000_000;

export async function benchInquiry({ rounds, seconds }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'inquiry');
  const world = await makeWorld(database);
  await fill(database, { openBills: OPEN_BILLS, paidBills: 0 });
  const gateway = await runGateway(server, world);
  const helloPort = await benchPort();
  await startProgram('./hello-process.ts', { BENCH_PORT: String(helloPort) });

  const runs: Record<string, LoadResult[]> = { inquiry: [], hello: [] };
  const ask = async (name: string, port: number, path: string): Promise<number> => {
    const result = await drive(planOf(port, path, world.bearer.secret, seconds));
    (runs[name] ??= []).push(result);
    return result.rate;
  };
  const measures = {
    inquiry: () => ask('inquiry', gateway.port, '/v1/inquiries'),
    hello: () => ask('hello', helloPort, '/hello'),
  };
  await measures.inquiry(); // compiles; thrown away
  await measures.hello();
  for (const list of Object.values(runs)) list.length = 0;
  const rates = await takeTurns(rounds, measures);
  const durability = await readDurability(server);
  await checkBooks(database, 0);
  const all = Object.values(runs).flat();
  const p99 = median((runs['inquiry'] ?? []).map((run) => run.p99Ms));
  const detail = `${perSecond(rates.inquiry)} against ${perSecond(rates.hello)}`;
  return {
    durability,
    findings: {
      title: 'Inquiry: by bill number, a million open bills',
      rows: [
        ratioRow(
          'c=64 against bare Fastify with schemas',
          medianRatio(rates.inquiry, rates.hello),
          { atLeast: 0.5 },
          detail,
        ),
        { what: 'c=64, p99', mustReach: '', measured: `${p99.toFixed(1)} ms` },
      ],
      notes: [
        `${rounds} rounds of ${seconds} s each after a second of warm-up; each inquiry asks for another bill anywhere in the table and gets it with its quote.`,
        'The yardstick is Fastify as it comes, without a logger: a POST whose body is checked by a schema, a short answer with a schema.',
      ],
      answers: all.reduce((sum, run) => sum + Object.values(run.statuses).reduce((a, b) => a + b, 0), 0),
      failed: all.reduce((sum, run) => sum + run.failed, 0),
      firstFailure: all.find((run) => run.firstFailure !== undefined)?.firstFailure,
      books: 'hold, nothing was paid',
      measurements: runs,
    },
  };
}

function planOf(port: number, path: string, key: string, seconds: number): LoadPlan {
  return {
    port,
    connections: 64,
    warmUpMs: 1000,
    durationMs: seconds * 1000,
    expectedStatus: 200,
    request: {
      method: 'POST',
      path,
      bodies: [JSON.stringify({ billerCode: BILLER.code, billNumber: 'B{bill}' })],
      auth: { kind: 'bearer', key },
    },
    numbers: {
      billers: 1,
      first: 0,
      limit: 1e12,
      count: OPEN_BILLS,
      spread: spreadOf(OPEN_BILLS),
      stride: 1,
    },
  };
}
