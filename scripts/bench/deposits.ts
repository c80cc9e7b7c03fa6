// Direct deposits: ten thousand texts that name a bill, a payer or a pay code among a million open bills of three agencies
// whose numbers look different, all found; ten thousand texts that name nothing, none found; and then all of them placed.

import { Directory } from '../../src/channels/index.ts';
import { openBusinessDays } from '../../src/billers/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import {
  billersServed,
  findPlans,
  placeDeposits,
  type DepositLine,
  type Plan,
} from '../../src/reconciliation/deposits/index.ts';
import type { BenchOptions, BenchOutcome } from './bench.ts';
import { checkBooks } from './books.ts';
import { layOut, noiseLines, realLines, STATEMENT, TEXTS } from './deposit-lines.ts';
import { median } from './drive.ts';
import { peakMemoryMb } from './memory.ts';
import { readDurability } from './report.ts';
import { ask, createDatabase, startServer } from './server.ts';
import { BILLER, makeWorld } from './world.ts';

const BILLS = 1_000_000;
const LIMIT_SECONDS = 5;
const TOGETHER = 5000;

export async function benchDeposits({ rounds, size = BILLS }: BenchOptions): Promise<BenchOutcome> {
  const server = await startServer();
  const database = await createDatabase(server, 'deposits');
  await makeWorld(database, 3);
  await layOut(database, size);
  const directory = await Directory.open(database);
  const real = realLines(size);
  const noise = noiseLines(size);
  const seconds = { real: [] as number[], noise: [] as number[] };
  const wrong: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [name, lines] of [
      ['real', real],
      ['noise', noise],
    ] as const) {
      const startedAt = performance.now();
      const plans = await find(
        database,
        directory,
        lines.map(({ line }) => line),
      );
      seconds[name].push((performance.now() - startedAt) / 1000);
      console.error(`  round ${round + 1}, ${name}: ${seconds[name].at(-1)?.toFixed(2)} s`);
      if (round > 0) continue;
      lines.forEach(({ line, wanted }, at) => {
        const found = nameOf(plans[at]);
        if (found !== wanted) wrong.push(`${JSON.stringify(line.text)}: ${found} instead of ${wanted}`);
      });
    }
  }
  const placing = await placeAll(
    database,
    directory,
    [...real, ...noise].map(({ line }) => line),
  );
  const durability = await readDurability(server);
  const books = await checkBooks(database);
  const memoryMb = await peakMemoryMb(process.pid);
  return {
    durability,
    findings: {
      title: `Direct deposits: ${TEXTS.toLocaleString('en')} texts among ${size.toLocaleString('en')} open bills`,
      rows: [
        {
          what: 'what each deposit is for, found by its text',
          mustReach: `≤ ${LIMIT_SECONDS} s`,
          measured: `${median(seconds.real).toFixed(1)} s`,
          isMet: median(seconds.real) <= LIMIT_SECONDS,
        },
        {
          what: 'as many texts that name nothing',
          mustReach: '',
          measured: `${median(seconds.noise).toFixed(1)} s`,
        },
        {
          what: 'all of them placed: found again, paid or put into suspense, with journals and breaks',
          mustReach: '',
          measured: `${placing.seconds.toFixed(1)} s, ${Math.round((2 * TEXTS) / placing.seconds)} a second`,
        },
        {
          what: 'peak memory',
          mustReach: '',
          measured: `${memoryMb} MB, the texts and this benchmark included`,
        },
      ],
      notes: [
        'Three agencies: numbers such as OM-2026-0000417, of ten digits, and of ten letters and digits at random. Found: bills (one in twelve by its digits alone), two bills at once, payers, pay codes.',
        'A text that names something and is not understood, and one that names nothing and is understood, are wrong answers.',
        `Median of ${rounds} rounds, ${TOGETHER.toLocaleString('en')} texts looked up together.`,
      ],
      answers: 2 * TEXTS,
      failed: wrong.length,
      firstFailure: wrong[0],
      books: `hold, ${books.payments} payments`,
      measurements: { seconds, placing, memoryMb, wrong: wrong.slice(0, 50) },
    },
  };
}

function nameOf(plan: Plan | undefined): string {
  switch (plan?.kind) {
    case 'bills':
      return ['bills', plan.billerId, ...plan.bills.map(({ billNumber }) => billNumber)].join(' ');
    case 'code':
      return `code ${plan.billerId} ${plan.code}`;
    case 'payer':
      return `payer ${plan.billerId} ${plan.payerId}`;
    case 'nobody':
    case undefined:
      return `nobody ${plan?.why}`;
  }
}

async function find(
  database: Database,
  { current }: Directory,
  lines: readonly DepositLine[],
): Promise<Plan[]> {
  const billers = billersServed(current, new Date());
  const plans: Plan[] = [];
  for (let from = 0; from < lines.length; from += TOGETHER)
    plans.push(
      ...(await database.transaction((tx) => findPlans(tx, lines.slice(from, from + TOGETHER), billers))),
    );
  return plans;
}

async function placeAll(
  database: Database,
  directory: Directory,
  lines: readonly DepositLine[],
): Promise<{ seconds: number }> {
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into bank (bank_id, code, name, time_zone, cut_off, weekend, handover) values (1, 'main', '{"en":"Main"}', 'Asia/Muscat', '14:00', '{5,6}', '{"way":"folder"}')`,
    );
    await tx.query(`insert into bank_account values (1, 'ours', 1, $1, 'Wasit', '', '…')`, [BILLER.currency]);
    await tx.query(
      `insert into statement_file (file_id, sha256, name, source, state, received_at, touched_at) values ($1, '', 'bench', 'command', 'read', now(), now())`,
      [STATEMENT],
    );
    await tx.query(
      `insert into statement (statement_id, file_id, position, account_id, form, reference, currency, credits_minor, debits_minor, lines, continuity, state, recorded_at)
       values ($1, $1, 1, 1, 'statement', 'S', $2, 0, 0, $3, 'unknown', 'read', now())`,
      [STATEMENT, BILLER.currency, lines.length],
    );
    await tx.query(
      `insert into statement_line (statement_id, line, entry, account_id, booked_on, currency, amount_minor, is_reversal, text, place, identity, occurrence)
       select $1, line, line, 1, current_date, $2, minor, false, text, '', '', 1 from unnest($3::int[], $4::bigint[], $5::text[]) as l(line, minor, text)`,
      [
        STATEMENT,
        BILLER.currency,
        lines.map(({ line }) => line),
        lines.map(({ amountMinor }) => String(amountMinor)),
        lines.map(({ text }) => text),
      ],
    );
  });
  const openDays = async (billerId: number): Promise<void> => {
    const biller = directory.current.billersById.get(billerId);
    if (biller !== undefined) await openBusinessDays(database, biller);
  };
  const startedAt = performance.now();
  await placeDeposits(
    { database, directory, openDays, log: { warn: console.error, error: console.error } },
    lines,
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const [left] = await ask(
    database.url,
    'select count(*)::int as left from statement_line where outcome is null',
  );
  if (left?.['left'] !== 0) throw new Error(`${String(left?.['left'])} lines were not placed`);
  return { seconds };
}
