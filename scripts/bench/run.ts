// `npm run bench [name…]`: the benchmarks named, or all of them, one after the other. Options: `--rounds N`,
// `--seconds N` (of one measurement), `--size N` (payments of the large database of `growth`, events of `backlog`,
// payments of the day of `close` and `reconcile`, open bills of `deposits`, mandates of `debits`, lines of `statement`).
// Ends with 1 when a figure was missed, 2 when it was called wrongly.

import { parseArgs } from 'node:util';
import { benchBacklog } from './backlog.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { benchBillFile } from './bill-file.ts';
import { closeAll, closeOnInterrupt } from './closing.ts';
import { benchClose } from './close.ts';
import { benchConfirm } from './confirm.ts';
import { benchDebitBooking } from './debit-booking.ts';
import { benchDebits } from './debits.ts';
import { benchDeposits } from './deposits.ts';
import { benchGrowth } from './growth.ts';
import { benchInquiry } from './inquiry.ts';
import { benchLink } from './link.ts';
import { benchPages } from './pages.ts';
import { benchPay } from './pay.ts';
import { benchReconcile } from './reconcile.ts';
import { benchReports } from './reports.ts';
import { benchStart } from './start.ts';
import { benchStatement } from './statement.ts';
import { report } from './report.ts';

const BENCHES: Record<string, Bench> = {
  pay: benchPay,
  inquiry: benchInquiry,
  'bill-file': benchBillFile,
  growth: benchGrowth,
  confirm: benchConfirm,
  backlog: benchBacklog,
  link: benchLink,
  close: benchClose,
  'debit-booking': benchDebitBooking,
  debits: benchDebits,
  deposits: benchDeposits,
  reports: benchReports,
  reconcile: benchReconcile,
  statement: benchStatement,
  pages: benchPages,
  start: benchStart,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '6' },
    size: { type: 'string' },
  },
});
const options: BenchOptions = {
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  size: values.size === undefined ? undefined : Number(values.size),
};
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0 || Object.values(options).some(isNoCount)) {
  console.error(
    `usage: npm run bench [${Object.keys(BENCHES).join('|')}…] [--rounds N] [--seconds N] [--size N]`,
  );
  process.exit(2);
}

closeOnInterrupt();
for (const name of names) {
  const startedAt = performance.now();
  console.error(`${name}:`);
  try {
    const outcome = await BENCHES[name]?.(options);
    if (outcome !== undefined && !(await report(name, outcome.findings, startedAt, outcome.durability)))
      process.exitCode = 1;
  } catch (error) {
    console.error(`${name} has no figure:`, error);
    process.exitCode = 1;
  } finally {
    await closeAll();
  }
}

function isNoCount(value: number | undefined): boolean {
  return value !== undefined && !(Number.isInteger(value) && value >= 1);
}
