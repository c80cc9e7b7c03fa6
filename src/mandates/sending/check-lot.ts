// A lot of planned debits on their day, decided together: which of one mandate go is seen by the others.

import { amountDue } from '../../bills/index.ts';
import type { Biller } from '../../billers/index.ts';
import { nextWorkingDay, type WorkingWeek } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { movedWords, type Debit, type DebitMove, type MovedDay } from '../debits/index.ts';
import { firstDay, leadOf, sendDay } from '../planning/index.ts';
import {
  checkBills,
  mandateFault,
  overCeiling,
  withoutRisen,
  type BillNow,
  type CheckedBills,
  type FixedBill,
  type MandateNow,
  type PlannedBill,
} from './check-debit.ts';
import type { BillOfDebit, NewAmount, OutOfDebit } from './store-build.ts';

export interface LotFacts {
  readonly biller: Biller;
  readonly bank: WorkingWeek;
  readonly leadDays: number;
  readonly today: BusinessDate;
  readonly bankToday: BusinessDate;
  /** The bank's date by its clock alone: what it has to have on a later day stays open until then. */
  readonly sendBy: BusinessDate;
  readonly apiChannels: ReadonlySet<number>;
}

export interface LotSeen {
  readonly planned: readonly Debit[];
  readonly bills: readonly BillOfDebit[];
  /** By number, as they are locked. */
  readonly now: ReadonlyMap<string, BillNow>;
  /** By debit. */
  readonly mandates: ReadonlyMap<Uuid, MandateNow>;
}

export interface CheckedLot {
  readonly moves: readonly DebitMove[];
  readonly out: readonly OutOfDebit[];
  readonly amounts: readonly NewAmount[];
  /** Of those that do not go today after all, or that go in another month, whose ceiling they are weighed against anew. */
  readonly days: readonly MovedDay[];
  /** Built with more than their payers were told, in time to tell them before. */
  readonly retold: ReadonlySet<Uuid>;
  /** Those that go without a part, with the bills that have become more. */
  readonly reduced: readonly { readonly move: DebitMove; readonly leftOut: readonly string[] }[];
}

/** Debits of which a bill asks for more than was planned. */
export function debitsRisen(
  bills: readonly BillOfDebit[],
  now: ReadonlyMap<string, BillNow>,
  biller: Biller,
): Set<Uuid> {
  const risen = bills.filter(({ billNumber, owedAsOf, amountMinor }) => {
    const bill = now.get(billNumber);
    return bill !== undefined && (amountDue(bill, biller, owedAsOf).dueMinor ?? 0n) > amountMinor;
  });
  return new Set(risen.map(({ debitId }) => debitId));
}

export function checkLot({ planned, bills, now, mandates }: LotSeen, facts: LotFacts): CheckedLot {
  const moves: DebitMove[] = [];
  const out: OutOfDebit[] = [];
  const amounts: NewAmount[] = [];
  const days: MovedDay[] = [];
  const retold = new Set<Uuid>();
  const reduced: { move: DebitMove; leftOut: string[] }[] = [];
  const byDebit = new Map<Uuid, PlannedBill[]>(planned.map(({ debitId }) => [debitId, []]));
  for (const bill of bills) byDebit.get(bill.debitId)?.push({ ...bill, now: now.get(bill.billNumber) });
  // What debits of this lot have come to counts for the others of their months.
  const changed = new Map<string, bigint>();
  const dayOnce = daysOf(facts);
  for (const debit of planned) {
    const mandate = mandates.get(debit.debitId);
    if (mandate === undefined) throw new Error(`debit ${debit.debitId} is under no mandate`);
    const day = dayOnce(debit);
    const ref = { billerId: debit.billerId, debitId: debit.debitId };
    if (day.sendOn > facts.sendBy || monthOf(day) !== monthOf(debit)) {
      days.push({ debit, ...day });
      continue;
    }
    const month = `${debit.mandateBillerId}/${debit.mandateId}/${monthOf(day)}`;
    const othersMinor = mandate.othersMinor + (changed.get(month) ?? 0n);
    const all = checkBills(byDebit.get(debit.debitId) ?? [], mandate, {
      biller: facts.biller,
      cause: debit.cause,
      collectOn: day.collectOn,
    });
    const { left, goes, isRetold } = risenTo(debit, day, { all, mandate }, facts);
    const checked = left.length > 0 ? withoutRisen(all) : all;
    for (const each of checked.out) out.push({ ...ref, ...each });
    for (const bill of checked.bills) if (!bill.isSame) amounts.push({ ...ref, ...bill });
    const move = moveOf({ debit, day, checked, left }, { ...mandate, othersMinor }, facts);
    const isBuilt = move.to === 'built';
    const counted = isBuilt && monthOf(goes) === monthOf(day) ? checked.amountMinor : 0n;
    changed.set(month, (changed.get(month) ?? 0n) + counted - debit.amountMinor);
    if (isBuilt && goes.collectOn !== day.collectOn)
      days.push({ debit, ...goes, amountMinor: checked.amountMinor });
    else moves.push(move);
    if (isBuilt && isRetold) retold.add(debit.debitId);
    const leftOut = left.map(({ billNumber }) => billNumber);
    if (leftOut.length > 0 && move.to !== 'dropped') reduced.push({ move, leftOut });
  }
  return { moves, out, amounts, days, retold, reduced };
}

interface Day {
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
}

function monthOf({ collectOn }: Pick<Day, 'collectOn'>): string {
  return collectOn.slice(0, 7);
}

/** Few days stand in a lot. */
function daysOf(facts: LotFacts): (debit: Debit) => Day {
  const known = new Map<string, Day>();
  return (debit) => {
    const key = `${debit.collectOn} ${leadOf(debit, facts)}`;
    const day = known.get(key) ?? dayOf(debit, facts);
    known.set(key, day);
    return day;
  };
}

/** A holiday that was declared since, or a worker that stood still, moves it; what is owed goes by its day as before. */
function dayOf(
  { collectOn, channelId }: Pick<Debit, 'collectOn' | 'channelId'>,
  facts: LotFacts,
  announceDays = 0,
): Day {
  const { biller, bank } = facts;
  const leadDays = leadOf({ channelId }, facts);
  const first = firstDay({ ...facts, leadDays, announceDays, biller: biller.calendar });
  const moved = nextWorkingDay(collectOn > first ? collectOn : first, biller.calendar, bank);
  return { collectOn: moved, sendOn: sendDay(moved, leadDays, bank) };
}

interface Risen {
  /** Bills that this debit does not collect, for they have become more. */
  readonly left: readonly FixedBill[];
  readonly goes: Day;
  /** The payer is told of the new amount. */
  readonly isRetold: boolean;
}

/**
 * No payer is debited more than he was told. Where he is told before, he is told anew, so many days before the debit; where he
 * has asked for it himself, or his mandate would be over by then, what has become more is left out.
 */
function risenTo(
  debit: Debit,
  day: Day,
  { all, mandate }: { readonly all: CheckedBills; readonly mandate: MandateNow },
  facts: LotFacts,
): Risen {
  const risen = all.bills.filter(({ isMore }) => isMore);
  const { announceDays, validUntil } = mandate;
  const isAsked = debit.cause === 'demand';
  if (risen.length === 0 || (announceDays === 0 && !isAsked)) return { left: [], goes: day, isRetold: false };
  const later = dayOf(debit, facts, announceDays);
  return isAsked || (validUntil !== null && later.collectOn > validUntil)
    ? { left: risen, goes: day, isRetold: false }
    : { left: [], goes: later, isRetold: true };
}

interface Found {
  readonly debit: Debit;
  readonly day: Day;
  readonly checked: CheckedBills;
  readonly left: readonly FixedBill[];
}

function moveOf(
  { debit, day, checked: { amountMinor }, left }: Found,
  mandate: MandateNow,
  { apiChannels }: LotFacts,
): DebitMove {
  const nothing = left.length > 0 ? 'amount-risen' : 'nothing-left';
  const fault = mandateFault(mandate, day.collectOn) ?? (amountMinor === 0n ? nothing : undefined);
  if (fault !== undefined) return { debit, to: 'dropped', why: fault };
  const over = overCeiling(debit, amountMinor, mandate);
  const way = apiChannels.has(debit.channelId) ? 'api' : 'file';
  return over === undefined
    ? { debit, to: 'built', text: textOf(debit, day, left), fixed: { way, amountMinor, ...day } }
    : { debit, to: 'held', why: over, fixed: { way: null, amountMinor, ...day } };
}

function textOf(debit: Debit, { collectOn }: Day, left: readonly FixedBill[]): string | null {
  const words = left.map(
    ({ billNumber }) =>
      `${billNumber} has become more than was ${debit.cause === 'demand' ? 'asked for' : 'told'} and is left out`,
  );
  if (collectOn !== debit.collectOn) words.unshift(movedWords(debit, collectOn));
  return words.length === 0 ? null : words.join('; ');
}
