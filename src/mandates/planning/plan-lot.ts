// Which of a lot of payers' bills are to be collected by themselves now, and in which debits: decided from facts alone. A
// bill is taken up when its debit has to be told to the payer, or to be with the bank, today; until then another may come
// that goes into the same debit.

import type { Biller } from '../../billers/index.ts';
import type { BillFacts } from '../../bills/index.ts';
import type { WorkingWeek } from '../../calendar/index.ts';
import { addDays, type BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { collectableMinor } from '../debits/index.ts';
import {
  collectionDay,
  isBefore,
  sendDay,
  type Collect,
  type CollectionDay,
  type Today,
} from './collection-day.ts';
import { splitDebit, type Collectable, type WhyHeld } from './split-debit.ts';

/** Under which mandate bills may be collected, and how. */
export interface Coverage {
  readonly mandateBillerId: number;
  readonly mandateId: Uuid;
  readonly channelId: number;
  readonly collect: Collect;
  readonly announceDays: number;
  readonly validFrom: BusinessDate;
  readonly validUntil: BusinessDate | null;
  readonly perDebitMinor: bigint;
  readonly perMonthMinor: bigint;
  readonly changedAt: Date;
}

export type OpenBill = Pick<
  BillFacts,
  'billNumber' | 'amountMinor' | 'dueOn' | 'expiresOn' | 'penalty' | 'revision'
> & {
  readonly coverage: Coverage;
  /** When it came, or was changed, if that was after the last planning. */
  readonly cameAt: Date | null;
};

export interface PlanFacts {
  readonly biller: Biller;
  readonly bank: WorkingWeek;
  readonly leadDays: number;
  /** Whose banks are called on the day itself. */
  readonly apiChannels: ReadonlySet<number>;
  readonly overCeiling: 'split' | 'hold';
  /** After a refusal that may pass, how many days after the debit it is tried again. */
  readonly retryDays: readonly number[];
  readonly today: BusinessDate;
  readonly bankToday: BusinessDate;
  /** Of the last planning, of a day before; null: there was none, or it was today. */
  readonly plannedAt: Date | null;
  /** The days of the agency and of its bank at a moment. */
  readonly daysAt: (at: Date) => Today;
  /** By mandate and month (YYYY-MM): what counts against its ceiling already. */
  readonly used: ReadonlyMap<string, bigint>;
}

/** What the day of a bill goes by. */
export type DayFacts = Pick<
  PlanFacts,
  'bank' | 'leadDays' | 'apiChannels' | 'today' | 'bankToday' | 'plannedAt' | 'daysAt'
> & { readonly biller: { readonly calendar: WorkingWeek } };

/** A bill with the day that its amount goes by. */
export interface Owed extends Collectable {
  readonly owedAsOf: BusinessDate;
  /** The content that it was reckoned from. */
  readonly revision: number;
}

export interface PlannedDebit {
  readonly coverage: Pick<Coverage, 'mandateBillerId' | 'mandateId'>;
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
  readonly bills: readonly Owed[];
  /** Persons decide; undefined: it goes. */
  readonly held: WhyHeld | undefined;
  /** The payer is told of it as it is planned; the history says so. */
  readonly isTold?: boolean;
  /** What it tries again; without it, it is the first attempt. */
  readonly retry?: Retry;
}

export interface Retry {
  readonly of: Uuid;
  readonly attempt: number;
  /** Of one that is told anew: what the payer knows from what he was told of the failure. */
  readonly told?: { readonly on: BusinessDate; readonly minor: bigint };
}

export function monthKey(
  { mandateBillerId, mandateId }: Pick<Coverage, 'mandateBillerId' | 'mandateId'>,
  on: BusinessDate,
): string {
  return `${mandateBillerId}/${mandateId}/${on.slice(0, 7)}`;
}

/**
 * Bills of a mandate stand together, and those of one day are one debit. Open amounts are the payer's to choose, and what no
 * payment could carry stays open. `isTaken`:
 * which days are looked at; else those on which something has to be done today.
 */
export function planLot(
  bills: readonly OpenBill[],
  facts: PlanFacts,
  isTaken: (day: CollectionDay, coverage: Coverage, facts: PlanFacts) => boolean = isDay,
): PlannedDebit[] {
  const days = new Map<string, CollectionDay | undefined>();
  const together = new Map<string, Together>();
  for (const bill of bills) {
    const { coverage } = bill;
    const since = sinceOf(bill, facts);
    const key = `${since?.today ?? ''}/${since?.bankToday ?? ''}/${kindOf(coverage, facts)}/${bill.dueOn}`;
    if (!days.has(key)) days.set(key, dayOf(bill, since, facts));
    const day = days.get(key);
    if (day === undefined || !isTaken(day, coverage, facts) || !holdsOn(bill, day)) continue;
    const dueMinor = collectableMinor(bill, facts.biller, day.owedAsOf);
    if (dueMinor === null) continue;
    const { collectOn, owedAsOf } = day;
    const of = `${coverage.mandateBillerId}/${coverage.mandateId}/${collectOn}`;
    const debit = together.get(of) ?? { coverage, collectOn, bills: [] };
    debit.bills.push({
      billNumber: bill.billNumber,
      dueOn: bill.dueOn,
      dueMinor,
      owedAsOf,
      revision: bill.revision,
    });
    together.set(of, debit);
  }
  const used = new Map(facts.used);
  return [...together.values()].flatMap((each) => within(each, facts, used));
}

/** Of mandates of one kind, bills of one due date are collected on one day. */
export function kindOf(coverage: Coverage, facts: Pick<PlanFacts, 'apiChannels' | 'leadDays'>): string {
  const { collect, validFrom, announceDays } = coverage;
  return `${JSON.stringify(collect)}/${validFrom}/${announceDays}/${leadOf(coverage, facts)}`;
}

/** The bank's working days that the order needs. */
export function leadOf(
  { channelId }: Pick<Coverage, 'channelId'>,
  { apiChannels, leadDays }: Pick<PlanFacts, 'apiChannels' | 'leadDays'>,
): number {
  return apiChannels.has(channelId) ? 0 : leadDays;
}

/** From when it could have been planned; undefined: from today. */
function sinceOf(
  { coverage, cameAt }: OpenBill,
  { plannedAt, daysAt, ...now }: PlanFacts,
): Today | undefined {
  if (plannedAt === null) return undefined;
  const at = Math.max(plannedAt.getTime(), coverage.changedAt.getTime(), cameAt?.getTime() ?? 0);
  const then = daysAt(new Date(at));
  return isBefore(then, now) ? then : undefined;
}

export function dayOf(
  { coverage, dueOn }: Pick<OpenBill, 'coverage' | 'dueOn'>,
  since: Today | undefined,
  facts: DayFacts,
): CollectionDay | undefined {
  const { biller, bank, today, bankToday } = facts;
  const { collect, announceDays, validFrom } = coverage;
  return collectionDay({
    collect,
    dueOn,
    biller: biller.calendar,
    bank,
    leadDays: leadOf(coverage, facts),
    announceDays,
    validFrom,
    today,
    bankToday,
    since,
  });
}

/** It has to be told, or to be with the bank, today, or its day was missed. */
export function isDay({ collectOn, owedAsOf }: CollectionDay, coverage: Coverage, facts: DayFacts): boolean {
  const { today, bankToday, bank } = facts;
  const told = addDays(today, coverage.announceDays);
  return (
    owedAsOf < today || told >= collectOn || sendDay(collectOn, leadOf(coverage, facts), bank) <= bankToday
  );
}

/** The mandate holds and the bill can be paid on the day of the debit. */
function holdsOn({ coverage, expiresOn }: OpenBill, { collectOn, owedAsOf }: CollectionDay): boolean {
  const { validUntil } = coverage;
  if (validUntil !== null && collectOn > validUntil) return false;
  return expiresOn === null || owedAsOf <= expiresOn;
}

interface Together {
  readonly coverage: Coverage;
  readonly collectOn: BusinessDate;
  readonly bills: Owed[];
}

function within(
  { coverage, collectOn, bills }: Together,
  facts: PlanFacts,
  used: Map<string, bigint>,
): PlannedDebit[] {
  const { bank, overCeiling } = facts;
  const month = monthKey(coverage, collectOn);
  const usedMinor = used.get(month) ?? 0n;
  const leftMinor = coverage.perMonthMinor - usedMinor;
  const { debits, held } = splitDebit(bills, {
    perDebitMinor: coverage.perDebitMinor,
    leftMinor: leftMinor < 0n ? 0n : leftMinor,
    over: overCeiling,
  });
  used.set(
    month,
    debits.flat().reduce((sum, { dueMinor }) => sum + dueMinor, usedMinor),
  );
  const common = { coverage, collectOn, sendOn: sendDay(collectOn, leadOf(coverage, facts), bank) };
  return [
    ...debits.map((each) => ({ ...common, bills: each, held: undefined, isTold: coverage.announceDays > 0 })),
    ...(['per-debit', 'per-month'] as const).flatMap((why) => {
      const over = held.filter((each) => each.why === why).map(({ bill }) => bill);
      return over.length === 0 ? [] : [{ ...common, bills: over, held: why }];
    }),
  ];
}
