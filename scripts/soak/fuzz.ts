// `node --import tsx scripts/soak/fuzz.ts [--requests 100000] [--seed 1]`: every route of openapi/wasit.yaml with
// sound and broken requests. Exit code 1 on a 5xx that is not meant, a no that is no problem document, memory that
// grows, or books that do not hold.
import { parseArgs } from 'node:util';
import { assertBooksBalance } from '../../test/support/books.ts';
import { fuzz, prepareFuzz, tellFinding } from '../../test/support/fuzz/run.ts';
import { startGatewayProcess } from '../../test/support/gateway-process.ts';
import { startOwnPostgres } from '../../test/support/own-postgres.ts';

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
});
const requests = Number(values.requests);
const MEBIBYTE = 1024 * 1024;
/** Above the memory after the first fifth, when caches and compiled code have their size. */
const MOST_GROWTH_BYTES = 100 * MEBIBYTE;
const SAMPLE_EVERY = 1000;

const postgres = await startOwnPostgres();
const stops = [() => postgres.close()];
try {
  const { world } = postgres;
  const callers = await prepareFuzz(world);
  const gateway = await startGatewayProcess(world, {
    settings: { WASIT_LOG_LEVEL: 'fatal' },
    teardown: (stop) => stops.unshift(stop),
  });
  const samples: number[] = [];
  const started = performance.now();
  const { statuses, findings } = await fuzz(callers, {
    baseUrl: gateway.baseUrl,
    seed: Number(values.seed),
    requests,
    onProgress: async (sent) => {
      if (sent < samples.length * SAMPLE_EVERY) return;
      samples.push(await residentBytes(gateway.metricsUrl));
      if (samples.length % 10 === 1) console.log(`${sent} sent, ${mebibytes(samples.at(-1))} MiB`);
    },
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(`${requests} requests with seed ${values.seed} in ${seconds.toFixed(0)} s`);
  console.table(statuses);
  for (const finding of findings) console.error(tellFinding(finding));
  if (findings.length > 0) process.exitCode = 1;

  const settled = samples.slice(Math.floor(samples.length / 5));
  const growth = Math.min(...settled.slice(-3)) - Math.max(...settled.slice(0, 3));
  console.log(`memory: ${mebibytes(settled[0])} MiB, then ${mebibytes(settled.at(-1))} MiB`);
  if (growth > MOST_GROWTH_BYTES) {
    console.error(`the memory grew by ${mebibytes(growth)} MiB`);
    process.exitCode = 1;
  }
  await assertBooksBalance(world.db);
  console.log('the books hold');
} finally {
  for (const stop of stops) await stop();
}

async function residentBytes(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return Number(/^process_resident_memory_bytes (.+)$/m.exec(text)?.[1]);
}

function mebibytes(bytes = 0): string {
  return (bytes / MEBIBYTE).toFixed(0);
}
