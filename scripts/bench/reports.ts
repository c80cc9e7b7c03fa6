// Reports of a closed day: the detail of a million payments as CSV, made and then downloaded; a workbook of two hundred
// thousand lines; the printed summary. Each in a process of its own, whose memory is read from the kernel.

import http from 'node:http';
import { createHash } from 'node:crypto';
import { showId, type Uuid } from '../../src/kernel/ids.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { closeDay } from '../../src/settlement/index.ts';
import { makeDocuments } from '../../src/settlement/documents/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { median } from './drive.ts';
import { fill } from './fill.ts';
import type { MakePlan, MakeResult } from './make-document.ts';
import { peakMemoryMb } from './memory.ts';
import { runProgram } from './program.ts';
import { readDurability, type Row } from './report.ts';
import { runGateway } from './run-gateway.ts';
import { createDatabase, startServer, type BenchServer } from './server.ts';
import { BILLER, makeWorld, type World } from './world.ts';

const PAYMENTS = 1_000_000;
const WORKBOOK_LINES = 200_000;
const MEMORY_LIMIT_MB = 250;
const DAY = '2026-01-15';

export async function benchReports({ rounds, size = PAYMENTS }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const large = await settledDay(server, 'reports_large', size);
  const small = await settledDay(server, 'reports_small', Math.min(size, WORKBOOK_LINES));
  const csv = await make(large, 'csv', 'en', rounds);
  const xlsx = await make(small, 'xlsx', 'ar', rounds);
  const pdf = await make(small, 'pdf', 'ar', 10 * rounds);
  await makeDocuments(large.database, BILLER.id, large.settlementId);
  const gateway = await runGateway(server, large.world);
  const idleMb = await peakMemoryMb(gateway.pid);
  const downloads: Download[] = [];
  for (let round = 0; round < rounds; round++) downloads.push(await download(gateway.port, large));
  const gatewayMb = await peakMemoryMb(gateway.pid);
  await gateway.stop();
  await checkBooks(large.database, size);
  const made = [csv, xlsx, pdf];
  const differing = made.filter(({ sha256 }) => new Set(sha256).size !== 1).length;
  const wrong = downloads.filter(({ sha256 }) => sha256 !== csv.sha256[0]).length;
  return {
    durability: await readDurability(server),
    findings: {
      title: 'Reports of a closed day',
      rows: [
        rate('detail as CSV, from the rows to its bytes', csv.bytes, csv.seconds),
        memory('peak memory of who makes it', csv.peakMb),
        rate(
          'its download over HTTP',
          csv.bytes,
          downloads.map((one) => one.seconds),
        ),
        memory(`peak memory of the gateway (${idleMb} MB before)`, gatewayMb),
        seconds(`workbook of ${WORKBOOK_LINES.toLocaleString('en')} lines`, xlsx, 5),
        memory('peak memory of who makes it', xlsx.peakMb),
        printed(pdf),
      ],
      notes: [
        `${size.toLocaleString('en')} payments of one day, closed by the product; ${rounds} rounds, the median is quoted. CSV of ${megabytes(csv.bytes)} MB.`,
        'Memory: VmHWM of /proc, the whole process.',
        `The first summary of a process, fonts and all, took ${Math.round((pdf.seconds[0] ?? 0) * 1000)} ms; it is not among the others.`,
      ],
      answers: made.reduce((sum, { sha256 }) => sum + sha256.length, 0) + downloads.length,
      failed: differing + wrong,
      books: 'hold; every document was the same each time',
      measurements: { csv, xlsx, pdf, downloads, memoryMb: { idleMb, gatewayMb } },
    },
  };
}

interface Settled {
  readonly database: Database;
  readonly world: World;
  readonly settlementId: Uuid;
}

async function settledDay(server: BenchServer, name: string, payments: number): Promise<Settled> {
  const database = await createDatabase(server, name);
  const world = await makeWorld(database);
  await database.transaction((tx) =>
    tx.query(
      `insert into business_day (biller_id, business_date, cut_off_at) values ($1, $2, $2::date + interval '20 hours')`,
      [BILLER.id, DAY],
    ),
  );
  await fill(database, { openBills: 1, paidBills: payments, onDate: DAY });
  const closed = await closeDay(database, { billerId: BILLER.id, businessDate: DAY });
  if (!closed.ok) throw new Error(closed.reason);
  const { settlementId, digest } = closed.value.batch;
  console.error(`  ${name}: ${payments} payments closed, ${digest.toString('hex').slice(0, 8)}`);
  return { database, world, settlementId };
}

async function make(
  { database, settlementId }: Settled,
  format: MakePlan['format'],
  language: MakePlan['language'],
  rounds: number,
): Promise<MakeResult> {
  const plan: MakePlan = { url: database.url, settlementId, format, language, times: rounds + 1 };
  const result = JSON.parse(await runProgram('make-document.ts', JSON.stringify(plan))) as MakeResult;
  console.error(`  ${format}: ${median(result.seconds).toFixed(2)} s, ${result.peakMb} MB`);
  return result;
}

interface Download {
  readonly seconds: number;
  readonly sha256: string;
}

async function download(port: number, { world, settlementId }: Settled): Promise<Download> {
  const startedAt = performance.now();
  const hash = createHash('sha256');
  await new Promise<void>((resolve, reject) => {
    const path = `/v1/settlements/${showId('stl', settlementId)}/report.csv`;
    const headers = { authorization: `Bearer ${world.agency.secret}` };
    http
      .get({ port, host: '127.0.0.1', path, headers }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`answered ${answer.statusCode}`));
        answer.on('data', (bytes: Buffer) => hash.update(bytes));
        answer.once('end', resolve);
        answer.once('error', reject);
      })
      .once('error', reject);
  });
  return { seconds: (performance.now() - startedAt) / 1000, sha256: hash.digest('hex') };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

function rate(what: string, bytes: number, measured: readonly number[]): Row {
  const perSecond = bytes / 1e6 / median(measured);
  return {
    what,
    mustReach: '≥ 50 MB/s',
    measured: `${perSecond.toFixed(0)} MB/s (${megabytes(bytes)} MB in ${median(measured).toFixed(1)} s)`,
    isMet: perSecond >= 50,
  };
}

function memory(what: string, mb: number): Row {
  return { what, mustReach: `≤ ${MEMORY_LIMIT_MB} MB`, measured: `${mb} MB`, isMet: mb <= MEMORY_LIMIT_MB };
}

function seconds(what: string, { seconds: measured, bytes }: MakeResult, limit: number): Row {
  const found = median(measured);
  return {
    what,
    mustReach: `≤ ${limit} s`,
    measured: `${found.toFixed(2)} s (${megabytes(bytes)} MB)`,
    isMet: found <= limit,
  };
}

function printed({ seconds: measured }: MakeResult): Row {
  const ms = median(measured.slice(1)) * 1000;
  return {
    what: 'printed summary, Arabic, warm',
    mustReach: '≤ 300 ms',
    measured: `${ms.toFixed(0)} ms`,
    isMet: ms <= 300,
  };
}
