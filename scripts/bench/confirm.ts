// Confirmations of ten agencies, with the worker and the agencies on the same machine: how long from the payment until
// its agency has it, at a steady 2,000 payments a second, plain, while files of a million bills load, and while another
// transaction stays open; and what confirming costs the payments.

import path from 'node:path';
import pg from 'pg';
import type { AgencyReport } from './agency.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { writeBillFile } from './bill-lines.ts';
import { checkBooks } from './books.ts';
import { benchConfirmCost } from './confirm-cost.ts';
import { checkConfirmed, untilConfirmed, untilPayersTold } from './confirmed.ts';
import { payAtPace, prepareConfirming, type Confirming } from './confirming.ts';
import { loadBillFile } from './load-bill-file.ts';
import type { LoadResult } from './load-plan.ts';
import { readDurability, type Row } from './report.ts';
import { runWorker } from './run-gateway.ts';

const AGENCIES = 10;
const IN_BATCHES = 5;
const OPEN_BILLS_EACH = 150_000;
/** One in so many payments names a payer who wants an SMS. */
const ONE_TOLD = 10;
const PER_SECOND = 2000;
const P99_LIMIT_MS = 250;
const FILE_LINES = 1_000_000;
const WARM_UP_SECONDS = 5;

export type ConfirmSetting = BenchOptions & Confirming;

interface Paced {
  readonly run: LoadResult;
  readonly told: AgencyReport;
}

export async function benchConfirm(options: BenchOptions): Promise<BenchOutcome> {
  const confirming = await prepareConfirming({
    name: 'confirm',
    agencies: AGENCIES,
    inBatches: IN_BATCHES,
    openBillsEach: OPEN_BILLS_EACH,
    paidBills: 0,
    oneTold: ONE_TOLD,
  });
  const setting = { ...options, ...confirming };
  const { server, world, payer, agencies } = setting;
  const worker = await runWorker(server, world);
  await atPace(setting, WARM_UP_SECONDS); // compiles; thrown away
  const steady = 5 * options.seconds;
  const plain = await atPace(setting, steady);
  const loading = await whileLoading(setting, () => atPace(setting, steady));
  const held = await whileOneIsOpen(world.database.url, () => atPace(setting, 10 * options.seconds));
  await untilConfirmed(world.database);
  await untilPayersTold(world.database);
  await worker.stop();
  const cost = await benchConfirmCost(setting);
  const durability = await readDurability(server);
  const last = await runWorker(server, world);
  const { events, repeated, messages } = await checkConfirmed(world.database, agencies);
  await last.stop();
  const books = await checkBooks(world.database, payer.accepted);
  return {
    durability,
    findings: {
      title: 'Confirm: from the payment to its agency, and what it costs the payments',
      rows: [
        paceRow('plain', steady, plain),
        paceRow(`while ${loading.files} files of a million bills load`, steady, loading),
        paceRow('while another transaction stays open', 10 * options.seconds, held),
        ...cost.rows,
      ],
      notes: [
        `Taken at each event: from \`acceptedAt\`, the instant at which the database decided the payment, before its commit, until the whole request was in the agency's process: commit → received and a little more. Of every payment of a load that sends ${PER_SECOND.toLocaleString('en')} each second, however slow the answers are.`,
        `${AGENCIES} agencies, each at an origin of its own, in one process; the first ${IN_BATCHES} want batches, the others single events. One in ${ONE_TOLD} payments asks for an SMS, which becomes a file in the outbox folder.`,
        `The open transaction has a snapshot and an id of its own, from before the load until after it.`,
        ...cost.notes,
      ],
      answers: payer.answers,
      failed: payer.failed,
      firstFailure: payer.firstFailure,
      books: `hold, ${books.payments} payments, as many as were answered 201; ${events} events came to the agencies, none is missing, ${repeated} came again; ${messages} messages to payers`,
      measurements: { plain, loading, held, ...cost.measurements },
    },
  };
}

async function atPace(setting: ConfirmSetting, seconds: number): Promise<Paced> {
  const { payer, agencies } = setting;
  await agencies.reset();
  const run = await payAtPace(setting, { perSecond: PER_SECOND, connections: 256, seconds });
  await agencies.untilTold(payer.accepted);
  const told = await agencies.report();
  console.error(
    `  ${Math.round(run.rate)}/s, answered in ${run.p99Ms} ms, confirmed in ${told.p99Ms} ms (p99)`,
  );
  return { run, told };
}

/** One file after the other, as long as the work takes; the last one is waited for. */
async function whileLoading(
  { server, world, gateway }: ConfirmSetting,
  work: () => Promise<Paced>,
): Promise<Paced & { readonly files: number }> {
  const csv = path.join(server.dir, 'bills.csv');
  let isOver = false;
  let files = 0;
  await writeBillFile(csv, 0, FILE_LINES);
  const loading = (async () => {
    for (; !isOver; files++) {
      if (files > 0) await writeBillFile(csv, files, FILE_LINES);
      const { created } = await loadBillFile(gateway.port, world.agency.secret, csv);
      if (created !== FILE_LINES) throw new Error(`a file made ${created} bills`);
    }
  })();
  const [paced] = await Promise.all([work().finally(() => (isOver = true)), loading]);
  return { ...paced, files };
}

/** A transaction with an id and a snapshot: nothing that came after it is old for anybody. */
async function whileOneIsOpen<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read');
    await client.query('select pg_current_xact_id(), count(*) from event_feed');
    return await work();
  } finally {
    await client.query('commit').finally(() => client.end());
  }
}

function paceRow(circumstances: string, seconds: number, { run, told }: Paced): Row {
  return {
    what: `payment → received, ${PER_SECOND.toLocaleString('en')} payments/s for ${seconds} s, ${circumstances}: p99`,
    mustReach: `≤ ${P99_LIMIT_MS} ms`,
    measured: `${told.p99Ms.toFixed(0)} ms (p50 ${told.p50Ms.toFixed(0)} ms, max ${told.maxMs.toFixed(0)} ms; ${Math.round(run.rate).toLocaleString('en')}/s, answered in ${run.p99Ms.toFixed(0)} ms)`,
    isMet: told.p99Ms <= P99_LIMIT_MS && run.rate >= 0.98 * PER_SECOND,
  };
}
