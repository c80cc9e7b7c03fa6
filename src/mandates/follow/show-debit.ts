// Debits as answers show them, and who sees which: the agency those that it collects, the debtor bank those that were made
// for it, the operator's people all. Account numbers are masked for everybody.

import type { Directory } from '../../channels/index.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, showId } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Database } from '../../platform/db/index.ts';
import { endToEndIdOf, inWords } from '../debits/index.ts';
import type { MandateCaller } from '../mandates/who-may.ts';
import type { DebitAnswer, DebitEntry } from './answer-schema.ts';
import type { DebitQuery } from './schema.ts';
import { findDebit, listDebits, type DebitListWish, type SeenDebit } from './store-list.ts';
import { readWhole } from './store-one.ts';
import { waiting, type Waiting } from './waiting.ts';

export interface FollowTools {
  readonly database: Database;
  readonly directory: Directory;
}

type Looker = Pick<MandateCaller, 'billerId' | 'channelId'>;

/** Refuses `malformed-request` for a day, a page or an id of a mandate that is none. */
export async function listOfDebits(
  { database, directory }: FollowTools,
  { billerId, channelId }: Looker,
  query: DebitQuery,
): Promise<{ items: DebitEntry[]; next: string | null }> {
  const { mandateId, payerId = null, state = null, from, to, billNumber = null, after, limit = 100 } = query;
  const mandate = mandateId === undefined ? null : parseId('mnd', mandateId);
  // One that there is not has no debits; what is no id at all is a mistake.
  if (mandate === undefined) throw malformed('mandateId');
  const { rows, waits } = await database.transaction(async (tx) => {
    const rows = await listDebits(tx, {
      billerId,
      channelId,
      mandateId: mandate,
      payerId,
      state,
      from: dayOf(from, 'from'),
      to: dayOf(to, 'to'),
      billNumber,
      after: readCursor(after),
      limit: limit + 1,
    });
    return { rows, waits: await waiting(tx, directory, rows) };
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const isMore = rows.length > limit && last !== undefined;
  return {
    items: items.map((each) => showEntry(directory, each, waits)),
    next: isMore ? `${last.collectOn}.${showId('dbt', last.debitId)}` : null,
  };
}

/** Refuses `debit-not-found`. */
export async function showDebit(
  { database, directory }: FollowTools,
  caller: Looker,
  shownId: string,
): Promise<DebitAnswer> {
  const debitId = parseId('dbt', shownId);
  if (debitId === undefined) throw notFound(shownId);
  const billerId = billerOf(debitId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const it = await findDebit(tx, { billerId, debitId });
    if (it === undefined || !isSeen(caller, it)) throw notFound(shownId);
    const { bills, words, steps, retriedBy } = await readWhole(tx, it);
    const { currency } = it;
    return {
      ...showEntry(directory, it, await waiting(tx, directory, [it])),
      retriedBy: retriedBy && showId('dbt', retriedBy),
      bills: bills.map((bill) => ({
        billNumber: bill.bill_number,
        amount: toText({ minor: bill.amount_minor, currency }),
        dueOn: bill.due_on,
        owedAsOf: bill.owed_as_of,
        outcome: bill.outcome,
        paymentId: bill.payment_id && showId('pay', bill.payment_id),
      })),
      said: words.map(({ verdict, code, text, bank_reference: bankReference, said_at: at }) => ({
        verdict,
        code,
        text,
        bankReference,
        at: at.toISOString(),
      })),
      history: steps.map(({ state, why, text, actor, recorded_at: at }) => ({
        state,
        reason: why,
        text,
        // Who works at an agency is not for banks.
        by: caller.channelId === null ? actor : null,
        at: at.toISOString(),
      })),
    };
  });
}

function isSeen({ billerId, channelId }: Looker, it: SeenDebit): boolean {
  if (billerId !== null && it.billerId !== billerId) return false;
  return channelId === null || (it.channelId === channelId && it.way !== null);
}

function showEntry({ current }: Directory, it: SeenDebit, waits: Waiting): DebitEntry {
  const { why, currency, amountMinor } = it;
  return {
    debitId: showId('dbt', it.debitId),
    reference: it.reference,
    state: it.state,
    reason: why === null ? null : { cause: why, words: inWords(why) },
    waits: waits.get(it.debitId) ?? null,
    billerCode: current.billersById.get(it.billerId)?.code ?? '',
    channelCode: current.channelsById.get(it.channelId)?.code ?? '',
    mandateId: showId('mnd', it.mandateId),
    mandateReference: it.mandateReference,
    payerId: it.payerId,
    account: it.account,
    amount: toText({ minor: amountMinor, currency }),
    billCount: it.billCount,
    collectOn: it.collectOn,
    sendOn: it.sendOn,
    cause: it.cause,
    attempt: it.attempt,
    retryOf: it.retryOf && showId('dbt', it.retryOf),
    retryOn: it.retryOn,
    isAboveCeiling: it.over,
    way: it.way,
    endToEndId: endToEndIdOf(it.debitId),
    bankReference: it.bankReference,
    plannedAt: it.plannedAt.toISOString(),
    changedAt: it.changedAt.toISOString(),
  };
}

function readCursor(after: string | undefined): DebitListWish['after'] {
  if (after === undefined) return null;
  const [collectOn = '', shown = ''] = after.split('.');
  const debitId = parseId('dbt', shown);
  if (debitId === undefined || !isBusinessDate(collectOn)) throw malformed('after');
  return { collectOn, debitId };
}

function dayOf(date: string | undefined, field: string): string | null {
  if (date === undefined) return null;
  if (!isBusinessDate(date)) throw malformed(field);
  return date;
}

function malformed(field: string): Refused {
  return new Refused(refuse('malformed-request', { field }));
}

function notFound(debitId: string): Refused {
  return new Refused(refuse('debit-not-found', { debitId }));
}
