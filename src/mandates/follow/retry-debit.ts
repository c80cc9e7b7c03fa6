// A person has a debit tried again that came to nothing and would not be tried again by itself: the payer has put money in
// the account, or the bank its fault right. Planning makes the next attempt when the day comes.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { businessNow } from '../../approvals/index.ts';
import { bankCalendar, readBank } from '../../billers/bank/index.ts';
import { bankDate, calendarDate, nextWorkingDay } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { billerOf, parseId, showId } from '../../kernel/ids.ts';
import { apiChannels, lockDebits, readDebitTerms, retryDebit } from '../debits/index.ts';
import { firstDay } from '../planning/index.ts';
import type { FollowTools } from './show-debit.ts';
import { readRetryFacts } from './store-acts.ts';

/**
 * `on`: the day; null: the first on which the payer can be told before. Refuses what is not over, has an attempt behind it,
 * has nothing left to collect or no mandate any more, and days that are too early.
 */
export async function retryByHand(
  { database, directory }: FollowTools,
  shownId: string,
  on: BusinessDate | null,
  actor: Actor,
): Promise<Outcome<{ debitId: string; retryOn: BusinessDate }>> {
  const debitId = parseId('dbt', shownId);
  const none = { ok: false, reason: `there is no debit ${shownId}` } as const;
  if (debitId === undefined) return none;
  const billerId = billerOf(debitId);
  const biller = directory.current.billersById.get(billerId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const [debit] = await lockDebits(tx, [{ billerId, debitId }]);
    const terms = await readDebitTerms(tx, billerId);
    if (debit === undefined || biller === undefined) return none;
    const refuse = (reason: string) => ({ ok: false, reason: `${shownId} ${reason}` }) as const;
    if (debit.state !== 'failed' && debit.state !== 'returned') return refuse(`is ${debit.state}`);
    const at = await businessNow(tx);
    const today = calendarDate(at, biller.calendar);
    // A day that is past, with something left to collect: that try was dropped, or lost a bill.
    if (debit.retryOn !== null && debit.retryOn >= today)
      return refuse(`is tried again on ${debit.retryOn} by itself`);
    if (terms === undefined) return refuse('is of an agency that has no terms for debits any more');
    const facts = await readRetryFacts(tx, debit);
    if (facts.retriedBy !== null && facts.openBills === 0)
      return refuse(`was tried again already: ${showId('dbt', facts.retriedBy)}`);
    if (facts.mandateState !== 'accepted') return refuse(`is under a mandate that is ${facts.mandateState}`);
    if (facts.isContradicted)
      return refuse('is contradicted by a statement: end that break first (wasit trace)');
    if (facts.openBills === 0) return refuse('has no open bill left');
    const announceDays = Math.max(1, facts.announceDays);
    const calendar = await bankCalendar(tx, terms.bankId);
    const isCalled = (await apiChannels(tx)).has(debit.channelId);
    const leadDays = isCalled ? 0 : ((await readBank(tx, terms.bankId))?.leadDays ?? 0);
    const days = { today, bankToday: bankDate(at, calendar), biller: biller.calendar, bank: calendar };
    const first = firstDay({ announceDays, leadDays, ...days });
    if (on !== null && nextWorkingDay(on, biller.calendar, calendar) < first)
      return refuse(
        `can be tried again from ${first} on: the payer is told ${announceDays} days before, and the bank has it in time`,
      );
    const retryOn = on === null ? first : nextWorkingDay(on, biller.calendar, calendar);
    if (facts.putOffTo !== null && retryOn < facts.putOffTo)
      return refuse(`is of bills that were put off to ${facts.putOffTo}`);
    await retryDebit(tx, debit, retryOn, { actor: actor.name, at });
    const subject = `debit/${shownId}`;
    await recordAudit(tx, actor, { action: 'debit.retry', subject, after: { retryOn } });
    return { ok: true, value: { debitId: shownId, retryOn } };
  });
}
