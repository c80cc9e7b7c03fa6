// Plans anew what banks have refused or taken back for a reason that may pass. The payer knows the day from what he was told of
// the failure; what has changed since is announced to him, and that it does not come after all. One that cannot be planned never
// stops those behind it: lots become smaller down to the one, which is told and left for the next planning.

import type { Biller } from '../../billers/index.ts';
import { businessNow } from '../../approvals/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import { addDays } from '../../kernel/business-date.ts';
import { showId } from '../../kernel/ids.ts';
import { isUnavailable, type Tx } from '../../platform/db/index.ts';
import {
  again,
  announceDebits,
  giveUpRetries,
  lockDebits,
  tellHeld,
  type Debit,
  type ToldBefore,
} from '../debits/index.ts';
import { factsOf } from './plan-facts.ts';
import type { PlannedDebit } from './plan-lot.ts';
import type { PlanParts } from './plan-parts.ts';
import { LATE_DAYS, retryLot, type GivenUp, type RetryDue } from './retry-lot.ts';
import { insertDebits } from './store-new.ts';
import { nextRetries, noteRetryDays, takeRetries, type RetryCursor } from './store-retry.ts';

const LOT_DEBITS = 500;
/** Whatever stands before; that it cannot come any more is told at once. */
const AHEAD_DAYS = 400;
/** A worker that stood still gives up what is late. */
const WAITS_DAYS = 31;
const WORKER = 'worker';

/** How many were planned. */
export async function planRetries({ database, log, onGivenUp }: PlanParts, biller: Biller): Promise<number> {
  const node = database.nodeOf(biller.billerId);
  let planned = 0;
  for (let after: RetryCursor | undefined, most = LOT_DEBITS; ;) {
    const place = { after, most };
    try {
      const lot = await again(() => node.transaction((tx) => planNext(tx, biller, place)));
      if (lot === undefined) return planned;
      planned += lot.planned;
      for (const { why } of lot.givenUp) onGivenUp?.(biller.code, why);
      after = lot.last;
      most = Math.min(LOT_DEBITS, most * 2);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      if (most > 1) {
        most >>= 1;
        continue;
      }
      const [stuck] = await node.transaction(async (tx) => dueNow(tx, biller, await businessNow(tx), place));
      if (stuck === undefined) throw error;
      const debit = showId('dbt', stuck.debitId);
      log.error({ err: error, biller: biller.code, debit }, 'a debit could not be planned again');
      after = stuck;
    }
  }
}

interface Place {
  readonly after: RetryCursor | undefined;
  readonly most: number;
}

/** Those that may be tried again by now, in their order. */
export function dueNow(tx: Tx, biller: Biller, at: Date, { after, most }: Place): Promise<RetryDue[]> {
  const today = calendarDate(at, biller.calendar);
  const range = { from: addDays(today, -LATE_DAYS - WAITS_DAYS), to: addDays(today, AHEAD_DAYS) };
  return nextRetries(tx, biller.billerId, range, after, most);
}

async function planNext(
  tx: Tx,
  biller: Biller,
  place: Place,
): Promise<{ last: RetryCursor; planned: number; givenUp: readonly GivenUp[] } | undefined> {
  const { billerId, currency } = biller;
  await takeRetries(tx, billerId);
  const at = await businessNow(tx);
  const due = await dueNow(tx, biller, at, place);
  const last = due.at(-1);
  if (last === undefined) return undefined;
  const facts = await factsOf(
    tx,
    biller,
    due.map(({ coverage }) => coverage),
    at,
  );
  if (facts === undefined) return undefined;
  const { planned, ...decided } = retryLot(due, facts);
  const givenUp = await giveUp(tx, billerId, decided.givenUp, at);
  if (planned.length === 0) return { last, planned: 0, givenUp };
  const debits = await insertDebits(tx, { billerId, currency, at }, planned);
  await noteRetryDays(
    tx,
    billerId,
    planned.flatMap(({ retry, collectOn: on }) => (retry?.told ? [{ of: retry.of, on }] : [])),
  );
  await announceDebits(tx, toAnnounce(debits, planned), at);
  await tellHeld(
    tx,
    debits.filter(({ state }) => state === 'held'),
    at,
  );
  return { last, planned: debits.length, givenUp };
}

/** Those that nobody else has given up or tried again meanwhile. */
async function giveUp(
  tx: Tx,
  billerId: number,
  givenUp: readonly GivenUp[],
  at: Date,
): Promise<readonly GivenUp[]> {
  const known = new Map(givenUp.map((each) => [each.debitId, each]));
  const refs = givenUp.map(({ debitId }) => ({ billerId, debitId }));
  const debits = refs.length === 0 ? [] : await lockDebits(tx, refs);
  const given = debits.flatMap((debit) => {
    const each = known.get(debit.debitId);
    return each === undefined || debit.retryOn === null ? [] : [{ ...each, debit }];
  });
  await giveUpRetries(tx, given, { actor: WORKER, at });
  return given;
}

/** What is held is told when persons have let it go. */
function toAnnounce(debits: readonly Debit[], planned: readonly PlannedDebit[]): (Debit & ToldBefore)[] {
  const known = new Map(planned.map(({ retry }) => [retry?.of, retry?.told]));
  return debits.flatMap((debit) => {
    const told = known.get(debit.retryOf ?? undefined);
    if (told === undefined || debit.state !== 'planned') return [];
    const { on, minor } = told;
    return [
      {
        ...debit,
        ...(on !== debit.collectOn && { movedFrom: on }),
        ...(minor < debit.amountMinor && { amountBeforeMinor: minor }),
      },
    ];
  });
}
