// A business date at a glance, while it goes on: what was paid, by whom, when; what was refused; what waits. Read from sums,
// so that looking at it does not slow down what is looked at.

import type { Directory } from '../../channels/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import { countAnswers, refusalsOf, speedOf, type ServiceRow } from '../../settlement/reports/index.ts';
import type { Paid, TodayAnswer } from './schema.ts';
import {
  readAnswered,
  readDays,
  readOpen,
  readPaid,
  readWaiting,
  type DayRow,
  type PaidRow,
} from './store-today.ts';
import type { Whose } from './whose.ts';

export interface TodayTools {
  readonly database: Database;
  readonly directory: Directory;
}

export async function today(
  { database, directory }: TodayTools,
  { billerIds, billerId, channelId }: Whose,
  date: BusinessDate | undefined,
): Promise<TodayAnswer> {
  const read = await database.transaction(async (tx) => {
    const days = await readDays(tx, billerIds, date);
    const isWhole = channelId === undefined;
    return {
      days,
      paid: await readPaid(tx, days, channelId ?? null),
      answered: isWhole ? await readAnswered(tx, days) : undefined,
      waiting: isWhole ? await readWaiting(tx, billerIds) : undefined,
      open: await readOpen(tx, { billerId: billerId ?? null, channelId: channelId ?? null }),
    };
  });
  const { billersById, channelsById } = directory.current;
  const by = (dimension: PaidRow['dimension']) => read.paid.filter((row) => row.dimension === dimension);
  const codeOf = (row: PaidRow): string => channelsById.get(row.channel_id ?? 0)?.code ?? '';
  return {
    asOf: read.open.now.toISOString(),
    days: read.days.map((day) => dayOf(day, directory)),
    totals: sumsBy(by('total'), () => '').map(([, sums]) => sums),
    billers: sumsBy(by('biller'), (row) => billersById.get(row.biller_id ?? 0)?.code ?? '').map(
      ([billerCode, sums]) => ({ billerCode, ...sums }),
    ),
    channels: sumsBy(by('channel'), codeOf).map(([channelCode, sums]) => ({ channelCode, ...sums })),
    hours: sumsBy(by('hour'), (row) => row.hour?.toISOString() ?? '').map(([hour, sums]) => ({
      hour,
      ...sums,
    })),
    ...serviceOf(read.answered),
    undelivered:
      read.waiting === undefined
        ? null
        : {
            waiting: Number(read.waiting.waiting),
            aside: Number(read.waiting.aside),
            parked: Number(read.waiting.parked),
          },
    open: {
      approvals: channelId === undefined ? read.open.approvals : null,
      breaks: read.open.breaks,
    },
  };
}

function dayOf(day: DayRow, { current }: Directory): TodayAnswer['days'][number] {
  const biller = current.billersById.get(day.biller_id);
  return {
    billerCode: biller?.code ?? '',
    currency: biller?.currency ?? '',
    businessDate: day.business_date,
    state: day.cut_off_at === null ? 'not-opened' : day.sealed_at === null ? 'open' : 'sealed',
    cutOffAt: day.cut_off_at?.toISOString() ?? null,
  };
}

/** One entry for each name and currency, in the order of the rows. */
function sumsBy(rows: readonly PaidRow[], nameOf: (row: PaidRow) => string): [string, Paid][] {
  const sums = new Map<string, [string, Paid]>();
  for (const row of rows) {
    const name = nameOf(row);
    const key = `${name} ${row.currency}`;
    const [, sum] = sums.get(key) ?? [name, nothing(row.currency)];
    const amount = toText({ minor: row.amount_minor, currency: row.currency });
    sums.set(key, [name, { ...sum, [row.outcome]: { payments: Number(row.payments), amount } }]);
  }
  return [...sums.values()];
}

function nothing(currency: string): Paid {
  const none = { payments: 0, amount: toText({ minor: 0n, currency }) };
  return { currency, accepted: none, credited: none, reversed: none };
}

/** Answers are counted by agency and not by channel: of a channel alone there are none to show. */
function serviceOf(
  service: readonly ServiceRow[] | undefined,
): Pick<TodayAnswer, 'refusals' | 'answers' | 'confirmations'> {
  if (service === undefined) return { refusals: null, answers: null, confirmations: null };
  const aside = service.filter((row) => row.operation === 'confirm' && row.outcome === 'aside');
  return {
    refusals: refusalsOf(service),
    answers: speedOf(service, 'pay'),
    confirmations: { ...speedOf(service, 'confirm'), aside: countAnswers(aside) },
  };
}
