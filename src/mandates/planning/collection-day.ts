// On which day a bill is collected under a mandate, and as of which day it is owed (rules.md, "Mandates and debit orders").
// Pure. Its edges:
//  - Collected on the due date, or on the payer's fixed days of the month; on a day off of the agency or of its bank the
//    next day that works for both.
//  - What is owed goes by the day that was meant, never by the day it moved to: a weekend makes no penalty.
//  - A bill that comes, or a mandate that is accepted, too late for its day is collected on the first day that can still be
//    kept, and is owed as of that day before it is moved: that delay is not the calendar's.
//  - Where the worker stood still, the debit goes on the first day that can be kept from now on, also under a mandate with fixed
//    days, whose next one may be a month ahead; and it is owed as of the day on which it would have been collected: a delay of
//    the system makes no penalty, and leaves nobody out. `since` is the moment from which it could
//    have been planned: bill and mandate were there, and the last planning was over.
//  - The first day that can be kept: the payer is told `announceDays` before it, and the order is with the bank `leadDays`
//    of the bank's working days before it, and the mandate has begun: what fell due before is collected on its first day.
//  - A due date or a first day in the year 9999 stands for none: not yet.
//  - A holiday that is declared later moves what is not sent; whoever asks again gets the moved day, owed as before.

import {
  addWorkingDays,
  nextWorkingDay,
  subtractWorkingDays,
  type WorkingWeek,
} from '../../calendar/index.ts';
import { addDays, addMonths, NO_DATE_FROM, type BusinessDate } from '../../kernel/business-date.ts';

export type Collect =
  | { readonly on: 'due-date' }
  /** Days of the month, 1 to 28, ascending. */
  | { readonly on: 'days'; readonly days: readonly number[] }
  /** At the payer's word alone. */
  | { readonly on: 'demand' };

export interface CollectionWish {
  readonly collect: Collect;
  readonly dueOn: BusinessDate;
  readonly biller: WorkingWeek;
  /** Of the creditor's bank, where the order is put. */
  readonly bank: WorkingWeek;
  readonly leadDays: number;
  /** Calendar days. */
  readonly announceDays: number;
  /** The mandate's first day: what fell due before it is collected from then on. */
  readonly validFrom: BusinessDate;
  /** The agency's local date. */
  readonly today: BusinessDate;
  /** The bank's (calendar/bank-date.ts): after its cut-off its next working day. */
  readonly bankToday: BusinessDate;
  /** When it could have been planned first; absent: now. */
  readonly since?: Today | undefined;
}

export type Today = Pick<CollectionWish, 'today' | 'bankToday'>;

export interface CollectionDay {
  /** ISO 20022 `ReqdColltnDt`. */
  readonly collectOn: BusinessDate;
  /** The day that the amount due goes by. */
  readonly owedAsOf: BusinessDate;
}

/** undefined: it is not collected by itself, or not before its day is known. Refuses (RangeError) what `nextWorkingDay` refuses. */
export function collectionDay({ since, ...wish }: CollectionWish): CollectionDay | undefined {
  const day = dayFrom(wish);
  const meant = since && dayFrom({ ...wish, ...since });
  if (day === undefined || meant === undefined) return day;
  const first = firstFor(wish);
  return { collectOn: meant.collectOn < first ? first : day.collectOn, owedAsOf: meant.owedAsOf };
}

function dayFrom(wish: Omit<CollectionWish, 'since'>): CollectionDay | undefined {
  const { collect, dueOn, biller, bank } = wish;
  if (collect.on === 'demand' || wish.validFrom >= NO_DATE_FROM) return undefined;
  const moved = (date: BusinessDate): BusinessDate => nextWorkingDay(date, biller, bank);
  const first = firstFor(wish);
  if (collect.on === 'due-date') {
    if (dueOn >= NO_DATE_FROM) return undefined;
    const collectOn = moved(dueOn);
    return collectOn >= first ? { collectOn, owedAsOf: dueOn } : { collectOn: first, owedAsOf: first };
  }
  for (let day = nextOf(collect.days, earlier(first)); ; day = nextOf(collect.days, addDays(day, 1))) {
    const collectOn = moved(day);
    if (collectOn >= first) return { collectOn, owedAsOf: day };
  }
}

/** The first that can be kept, in the life of the mandate. */
function firstFor(wish: Omit<CollectionWish, 'since'>): BusinessDate {
  const { validFrom, biller, bank } = wish;
  const kept = firstDay(wish);
  return kept >= validFrom ? kept : nextWorkingDay(validFrom, biller, bank);
}

/** Another day, at the agency or at its bank. */
export function isBefore(then: Today, now: Today): boolean {
  return then.today < now.today || then.bankToday < now.bankToday;
}

/** The day by which the order is to be with the bank. */
export function sendDay(collectOn: BusinessDate, leadDays: number, bank: WorkingWeek): BusinessDate {
  return subtractWorkingDays(collectOn, leadDays, bank);
}

/** The first on which a debit can still be told before and be sent in time. */
export function firstDay({
  announceDays,
  leadDays,
  today,
  bankToday,
  biller,
  bank,
}: Omit<CollectionWish, 'collect' | 'dueOn' | 'validFrom' | 'since'>): BusinessDate {
  const told = addDays(today, announceDays);
  const sent = addWorkingDays(nextWorkingDay(bankToday, bank), leadDays, bank);
  return nextWorkingDay(told > sent ? told : sent, biller, bank);
}

/** A day that moves up to `first` may lie this long before it. */
const LONGEST_MOVE_DAYS = 31;

function earlier(first: BusinessDate): BusinessDate {
  return addDays(first, -LONGEST_MOVE_DAYS);
}

/** The first of these days of a month on or after `from`. */
function nextOf(days: readonly number[], from: BusinessDate): BusinessDate {
  const today = Number(from.slice(-2));
  const inMonth = days.find((day) => day >= today);
  const [first] = days;
  if (first === undefined) throw new RangeError('fixed days of the month, and none is named');
  if (inMonth !== undefined) return addDays(from, inMonth - today);
  return addDays(addMonths(addDays(from, 1 - today), 1), first - 1);
}
