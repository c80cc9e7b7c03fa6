// How the service was for an agency over a span of days: what was paid, what was refused and why, how fast payments and
// inquiries were answered and confirmations came, and in which hours the gateway was there.

import type { Biller } from '../../billers/index.ts';
import { isCode, PROBLEMS } from '../../kernel/errors.ts';
import { toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import { percentile } from './buckets.ts';
import type { PerformanceAnswer, Speed } from './performance-schema.ts';
import { readHours, readService, type HourRow, type ServiceRow, type Span } from './store-answers.ts';
import { readVolumes } from './store-volumes.ts';

/** Answers that say that the service failed: nobody outside could have done better. */
const FAILURES = Object.entries(PROBLEMS)
  .filter(([, { status, fault }]) => status >= 500 && fault === 'operator')
  .map(([code]) => code);

export async function performanceReport(
  database: Database,
  biller: Biller,
  { from, to }: Pick<Span, 'from' | 'to'>,
): Promise<PerformanceAnswer> {
  const { billerId, currency } = biller;
  const span = { billerId, from, to, timeZone: biller.calendar.timeZone };
  const { volumes, service, hours } = await database.nodeOf(billerId).transaction(async (tx) => ({
    volumes: await readVolumes(tx, span),
    service: await readService(tx, span),
    hours: await readHours(tx, span, FAILURES),
  }));
  return {
    billerCode: biller.code,
    from,
    to,
    timeZone: span.timeZone,
    volumes: volumes.map((row) => ({
      date: row.business_date,
      payments: row.payments,
      amount: toText({ minor: row.amount_minor, currency }),
      credited: row.credited,
      reversed: row.reversed,
    })),
    refusals: refusalsOf(service),
    payments: speedOf(service, 'pay'),
    inquiries: speedOf(service, 'inquire'),
    confirmations: {
      ...speedOf(service, 'confirm'),
      aside: countAnswers(service.filter((row) => row.operation === 'confirm' && row.outcome === 'aside')),
    },
    availability: availabilityOf(hours),
    hours: hours.map((row) => ({
      hour: row.hour,
      answers: Number(row.answers),
      failures: Number(row.failures),
      minutesUp: Math.min(row.minutes_up, row.minutes),
      minutes: row.minutes,
    })),
  };
}

/** Of payments, the most frequent first. */
export function refusalsOf(
  service: readonly ServiceRow[],
): { code: string; count: number; failure: boolean }[] {
  const byCode = new Map<string, bigint>();
  for (const { operation, outcome, answers } of service)
    if (operation === 'pay' && outcome !== 'ok') byCode.set(outcome, (byCode.get(outcome) ?? 0n) + answers);
  return [...byCode]
    .sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
    .map(([code, answers]) => ({
      code,
      count: Number(answers),
      failure: isCode(code) && FAILURES.includes(code),
    }));
}

/** Of what was answered at all; of confirmations, those that the agency took at once. */
export function speedOf(service: readonly ServiceRow[], operation: ServiceRow['operation']): Speed {
  const rows = service.filter(
    (row) => row.operation === operation && (operation !== 'confirm' || row.outcome === 'ok'),
  );
  const counts = new Map<number, bigint>();
  for (const { bucket, answers } of rows) counts.set(bucket, (counts.get(bucket) ?? 0n) + answers);
  return {
    count: countAnswers(rows),
    p50Ms: percentile(counts, 0.5),
    p95Ms: percentile(counts, 0.95),
    p99Ms: percentile(counts, 0.99),
  };
}

export function countAnswers(rows: readonly ServiceRow[]): number {
  return Number(rows.reduce((sum, { answers }) => sum + answers, 0n));
}

/** Shares as decimals with four places; null where nothing was to be measured. */
function availabilityOf(hours: readonly HourRow[]): PerformanceAnswer['availability'] {
  const minutes = hours.reduce((sum, row) => sum + row.minutes, 0);
  const up = hours.reduce((sum, row) => sum + Math.min(row.minutes_up, row.minutes), 0);
  const answers = Number(hours.reduce((sum, row) => sum + row.answers, 0n));
  const failures = Number(hours.reduce((sum, row) => sum + row.failures, 0n));
  return {
    up: minutes === 0 ? null : share(up, minutes),
    answered: answers === 0 ? null : share(answers - failures, answers),
  };
}

function share(part: number, whole: number): number {
  return Math.round((part / whole) * 10_000) / 10_000;
}
