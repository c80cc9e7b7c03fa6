// What `wasit debit plan` would plan, for a person to look at before he lets it: how much on which day, and which debits.

import type { Biller } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { showId } from '../../kernel/ids.ts';
import { formatMinor, toText } from '../../kernel/money.ts';
import { layOut, type Answer } from '../../platform/cli/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { wouldPlan, type PlannedDebit } from '../planning/index.ts';

/** So many are shown on a terminal; `--json` has all. */
const MOST_SHOWN = 10;

export async function previewPlan(database: Database, biller: Biller): Promise<Answer> {
  const planned: PlannedDebit[] = [];
  for await (const lot of wouldPlan(database, biller)) planned.push(...lot);
  const { currency } = biller;
  const debits = planned.toSorted(byDay).map((debit) => ({
    collectOn: debit.collectOn,
    sendOn: debit.sendOn,
    amount: toText({ minor: minorOf(debit), currency }),
    mandateId: showId('mnd', debit.coverage.mandateId),
    bills: debit.bills.map(({ billNumber }) => billNumber),
    held: debit.held ?? null,
    retryOf: debit.retry === undefined ? null : showId('dbt', debit.retry.of),
  }));
  const days = daysOf(planned).map(({ minor, ...day }) => ({ ...day, amount: toText({ minor, currency }) }));
  const minor = planned.reduce((sum, debit) => sum + minorOf(debit), 0n);
  const total = `${planned.length} in all, ${formatMinor(minor, currency)} ${currency}`;
  const left = debits.length - MOST_SHOWN;
  const shown = debits.slice(0, MOST_SHOWN).map(({ bills, ...debit }) => ({
    ...debit,
    bills: bills.slice(0, 3).join(' ') + (bills.length > 3 ? ' …' : ''),
  }));
  const parts = [total, layOut(days), layOut(shown), ...(left > 0 ? [`${left} more: --json`] : [])];
  return {
    data: { count: planned.length, amount: toText({ minor, currency }), days, debits },
    text: planned.length === 0 ? 'nothing has to be planned now' : parts.join('\n\n'),
  };
}

interface Day {
  readonly collectOn: BusinessDate;
  count: number;
  /** Of these, above a ceiling: persons decide. */
  held: number;
  minor: bigint;
}

function daysOf(planned: readonly PlannedDebit[]): Day[] {
  const days = new Map<BusinessDate, Day>();
  for (const debit of planned) {
    const day = days.get(debit.collectOn) ?? { collectOn: debit.collectOn, count: 0, held: 0, minor: 0n };
    day.count += 1;
    day.held += debit.held === undefined ? 0 : 1;
    day.minor += minorOf(debit);
    days.set(debit.collectOn, day);
  }
  return [...days.values()].toSorted((a, b) => (a.collectOn < b.collectOn ? -1 : 1));
}

function minorOf({ bills }: PlannedDebit): bigint {
  return bills.reduce((sum, { dueMinor }) => sum + dueMinor, 0n);
}

function byDay(a: PlannedDebit, b: PlannedDebit): number {
  return a.collectOn === b.collectOn ? 0 : a.collectOn < b.collectOn ? -1 : 1;
}
