// What is collected, day by day: the debits that there are, and what comes of open bills by the rules of planning if nothing
// changes. Worked out for a lot of mandates at a time, each read in a short transaction, whatever number an agency has.

import type { Biller } from '../../billers/index.ts';
import { daysBetween, isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DebitState } from '../debits/index.ts';
import { expectDebits } from './expect-debits.ts';
import type { CalendarAnswer } from './calendar-schema.ts';
import { MOST_CALENDAR_DAYS, type CalendarQuery } from './schema.ts';
import { liveBillsOf, mandatesOfPayer, sumOfMandates, sumRetries, type Span } from './store-sums.ts';
import { walkSums } from './walk-sums.ts';

interface Sum {
  count: number;
  minor: bigint;
}

interface DaySums {
  readonly debits: Map<DebitState, Sum>;
  readonly expected: Sum;
  readonly overCeiling: Sum;
  readonly retries: Sum;
  readonly bills: { billNumber: string; minor: bigint }[];
}

const COMING: readonly DebitState[] = ['planned', 'built', 'sent'];

/** Refuses `malformed-request` for days that are none, or too many. */
export async function debitCalendar(
  database: Database,
  biller: Biller,
  query: CalendarQuery,
): Promise<CalendarAnswer> {
  const span = spanOf(biller, query);
  const mandates = await mandatesAsked(database, biller.billerId, query);
  const days = new Map<string, DaySums>();
  const day = (date: string): DaySums => {
    const known = days.get(date) ?? noDay();
    days.set(date, known);
    return known;
  };
  for await (const rows of knownDebits(database, span, mandates))
    for (const { collect_on: on, state, count, minor } of rows) {
      const { debits } = day(on);
      debits.set(state, plus(debits.get(state) ?? { count: 0, minor: 0n }, { count, minor }));
    }
  const node = database.nodeOf(biller.billerId);
  if (mandates !== null)
    for (const { collect_on: on, bill_number: billNumber, minor } of await node.transaction((tx) =>
      liveBillsOf(tx, span, mandates),
    ))
      day(on).bills.push({ billNumber, minor });
  for (const { retry_on: on, ...sum } of await node.transaction((tx) => sumRetries(tx, span, mandates)))
    plus(day(on).retries, sum);
  for await (const debits of expectDebits(database, biller, span, mandates))
    for (const { collectOn, held, bills } of debits) {
      const sums = day(collectOn);
      const minor = bills.reduce((sum, { dueMinor }) => sum + dueMinor, 0n);
      plus(held === undefined ? sums.expected : sums.overCeiling, { count: 1, minor });
      if (mandates !== null)
        sums.bills.push(...bills.map(({ billNumber, dueMinor }) => ({ billNumber, minor: dueMinor })));
    }
  return answerOf(biller, query, days, mandates !== null);
}

async function* knownDebits(
  database: Database,
  span: Span,
  mandates: readonly Uuid[] | null,
): AsyncGenerator<readonly ({ collect_on: string; state: DebitState } & Sum)[]> {
  if (mandates === null) yield* walkSums(database, span);
  else yield await database.nodeOf(span.billerId).transaction((tx) => sumOfMandates(tx, span, mandates));
}

/** null: all. */
async function mandatesAsked(
  database: Database,
  billerId: number,
  { mandateId, payerId }: CalendarQuery,
): Promise<readonly Uuid[] | null> {
  const id = mandateId === undefined ? undefined : parseId('mnd', mandateId);
  if (mandateId !== undefined && id === undefined)
    throw new Refused(refuse('malformed-request', { field: 'mandateId' }));
  const named = id === undefined ? undefined : [id];
  if (payerId === undefined) return named ?? null;
  const his = await database.nodeOf(billerId).transaction((tx) => mandatesOfPayer(tx, billerId, payerId));
  return named === undefined ? his : his.filter((id) => named.includes(id));
}

function spanOf({ billerId }: Biller, { from, to }: CalendarQuery): Span {
  const malformed = (field: string, facts = {}) =>
    new Refused(refuse('malformed-request', { field, ...facts }));
  if (!isBusinessDate(from)) throw malformed('from');
  if (!isBusinessDate(to) || to < from) throw malformed('to');
  if (daysBetween(from, to) >= MOST_CALENDAR_DAYS) throw malformed('to', { limitDays: MOST_CALENDAR_DAYS });
  return { billerId, from, to };
}

function answerOf(
  { code, currency }: Biller,
  { from, to }: CalendarQuery,
  days: ReadonlyMap<string, DaySums>,
  isNamed: boolean,
): CalendarAnswer {
  const shown = ({ count, minor }: Sum) => ({ count, amount: toText({ minor, currency }) });
  return {
    billerCode: code,
    from,
    to,
    days: [...days]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, { debits, expected, overCeiling, retries, bills }]) => {
        const total = [...debits]
          .filter(([state]) => COMING.includes(state))
          .reduce((sum, [, each]) => plus(sum, each), plus(plus({ count: 0, minor: 0n }, expected), retries));
        return {
          date,
          debits: [...debits].map(([state, sum]) => ({ state, ...shown(sum) })),
          expected: shown(expected),
          overCeiling: shown(overCeiling),
          retries: shown(retries),
          total: shown(total),
          ...(isNamed && {
            bills: bills.map(({ billNumber, minor }) => ({
              billNumber,
              amount: toText({ minor, currency }),
            })),
          }),
        };
      }),
  };
}

function noDay(): DaySums {
  const none = (): Sum => ({ count: 0, minor: 0n });
  return { debits: new Map(), expected: none(), overCeiling: none(), retries: none(), bills: [] };
}

/** Added to the first. */
function plus(sum: Sum, more: Readonly<Sum>): Sum {
  sum.count += more.count;
  sum.minor += more.minor;
  return sum;
}
