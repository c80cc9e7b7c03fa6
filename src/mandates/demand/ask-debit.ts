// A debit at the payer's word: made, and where his bank is called, built and called for at once. One reference of the agency is
// one debit for ever; a refusal keeps nothing, and the same reference may be sent again.

import { recordAudit } from '../../access/index.ts';
import { businessNow } from '../../approvals/index.ts';
import type { Biller } from '../../billers/index.ts';
import { bankCalendar, readBank } from '../../billers/bank/index.ts';
import { bankDate, calendarDate } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { showId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { apiLink, readyCall, type ReadyCall } from '../bank-link/index.ts';
import { again, lockDebits, moveDebits, readDebitTerms, type DebitRef } from '../debits/index.ts';
import {
  differingField,
  fingerprintOf,
  readCovers,
  readMandateId,
  seenMandate,
  shownMandate,
  wrongState,
  type Mandate,
  type MandateCaller,
  type MandateTools,
  type MandateState,
} from '../mandates/index.ts';
import { firstDay, sendDay } from '../planning/index.ts';
import { lockBillsOf, servedRoutes } from '../sending/index.ts';
import { decideDebit, type DecidedDebit } from './decide-debit.ts';
import { MOST_BILLS_ASKED, type DemandBody } from './schema.ts';
import { findByReference, insertDebit, liveOnes, monthUsed, openUnder } from './store-demand.ts';

export interface AskedDebit extends DebitRef {
  readonly isNew: boolean;
  /** Its bank is to be called for it now, and by nobody else meanwhile. */
  readonly call?: ReadyCall;
}

/**
 * Refuses `forbidden` for everybody but an agency's client, `reference-reused`, `mandate-not-found`, `mandate-state`,
 * `biller-not-served`, `channel-suspended`, `nothing-to-collect`, `ceiling-exceeded`, and what a bill is refused for.
 */
export function askDebit(tools: MandateTools, caller: MandateCaller, body: DemandBody): Promise<AskedDebit> {
  const biller = agencyOf(tools, caller);
  const fingerprint = fingerprintOf(tools.masterKey, {
    mandateId: body.mandateId,
    bills: body.bills === undefined ? undefined : [...body.bills].sort(),
  });
  const asking = { caller, biller, body, fingerprint };
  return again(() =>
    tools.database.nodeOf(biller.billerId).transaction(async (tx): Promise<AskedDebit> => {
      const earlier = await findEarlier(tx, asking);
      if (earlier !== undefined) return earlier;
      try {
        return await make(tx, tools, asking);
      } catch (error) {
        // Its bills may be collected by a twin of this request, which was quicker.
        const twin = error instanceof Refused ? await findEarlier(tx, asking) : undefined;
        if (twin === undefined) throw error;
        return twin;
      }
    }),
  );
}

/** Refuses `reference-reused`. */
async function findEarlier(
  tx: Tx,
  { biller: { billerId }, body: { reference }, fingerprint }: Asking,
): Promise<AskedDebit | undefined> {
  const earlier = await findByReference(tx, billerId, reference);
  if (earlier === undefined) return undefined;
  const field = differingField(earlier.fingerprint, fingerprint);
  if (field !== undefined) throw new Refused(refuse('reference-reused', { reference, field }));
  return { billerId, debitId: earlier.debitId, isNew: false };
}

function agencyOf({ directory }: MandateTools, { person, billerId, channelId }: MandateCaller): Biller {
  const biller = billerId === null ? undefined : directory.current.billersById.get(billerId);
  if (person !== undefined || channelId !== null || biller === undefined)
    throw new Refused(refuse('forbidden', { reason: 'debits are asked for by agencies’ programs' }));
  return biller;
}

interface Asking {
  readonly caller: MandateCaller;
  readonly biller: Biller;
  readonly body: DemandBody;
  readonly fingerprint: Readonly<Record<string, string>>;
}

/** Locks bills, then the mandate, then the debit. */
async function make(tx: Tx, tools: MandateTools, asking: Asking): Promise<AskedDebit> {
  const { caller, biller, body, fingerprint } = asking;
  const mandateId = readMandateId(body.mandateId);
  const seen = await seenMandate(tx, caller, body.mandateId, mandateId);
  const at = await businessNow(tx);
  const link = await apiLink(tx, seen.channelId);
  const days = await daysOf(tx, tools, { biller, mandate: seen, at, isCalled: link !== undefined });
  const { decided, mandate } = await decide(tx, asking, seen, days);
  const { billerId } = biller;
  const { reference } = body;
  const { name: actor } = caller.actor;
  const ref = await insertDebit(tx, {
    billerId,
    mandate,
    reference,
    fingerprint,
    decided,
    ...days,
    actor,
    at,
  });
  await recordAudit(tx, caller.actor, {
    action: 'debit.asked',
    subject: `debit/${showId('dbt', ref.debitId)}`,
    after: { reference, mandateId: shownMandate(mandate), amountMinor: String(decided.amountMinor) },
  });
  if (link === undefined) return { ...ref, isNew: true };
  const { collectOn, sendOn } = days;
  const fixed = { way: 'api', amountMinor: decided.amountMinor, collectOn, sendOn } as const;
  const moves = (await lockDebits(tx, [ref])).map((debit) => ({ debit, to: 'built' as const, fixed }));
  // Behind the step by which it was planned.
  await moveDebits(tx, moves, { actor, at: new Date(at.getTime() + 1) });
  const call = await readyCall(tx, tools, link, ref, at);
  return { ...ref, isNew: true, ...(call !== undefined && { call }) };
}

async function decide(
  tx: Tx,
  { caller, biller, body }: Asking,
  seen: Mandate,
  { owedAsOf, collectOn }: Days,
): Promise<{ decided: DecidedDebit; mandate: Mandate }> {
  const { billerId } = biller;
  const numbers = body.bills ?? (await numbersUnder(tx, biller, seen, owedAsOf));
  const bills = await lockBillsOf(tx, billerId, numbers);
  const mandate = await seenMandate(tx, caller, body.mandateId, seen.mandateId, 'for no key update');
  checkMandate(mandate, collectOn);
  const covers = (await readCovers(tx, mandate)).filter(
    (cover) => cover.billerId === billerId && cover.state === 'accepted',
  );
  const asked = numbers.map((billNumber) => {
    const bill = bills.get(billNumber);
    return { billNumber, bill: bill && { ...bill, billNumber } };
  });
  const decided = decideDebit(asked, {
    biller,
    covers,
    live: await liveOnes(tx, billerId, numbers),
    owedAsOf,
    perDebitMinor: mandate.perDebitMinor,
    perMonthMinor: mandate.perMonthMinor,
    usedMinor: await monthUsed(tx, mandate, collectOn),
  });
  if ('code' in decided) throw new Refused(decided);
  return { decided, mandate };
}

/** Refuses `mandate-state` first, then `bill-in-debit` where all are collected already, and `nothing-to-collect`. */
async function numbersUnder(
  tx: Tx,
  { billerId }: Biller,
  mandate: Mandate,
  today: BusinessDate,
): Promise<string[]> {
  checkMandate(mandate, today);
  const open = await openUnder(tx, billerId, mandate, today);
  const free = open.filter(({ isLive }) => !isLive).map(({ billNumber }) => billNumber);
  if (free.length > 0) return free.slice(0, MOST_BILLS_ASKED);
  if (open.length === 0)
    throw new Refused(refuse('nothing-to-collect', { mandateId: shownMandate(mandate) }));
  const bills = open.map(({ billNumber }) => ({ billNumber, code: 'bill-in-debit' as const }));
  throw new Refused(refuse('bill-in-debit', { billNumber: bills[0]?.billNumber ?? '' }, { bills }));
}

/** The same request may be sent again when it does. */
const MAY_HOLD_YET: readonly MandateState[] = [
  'draft',
  'submitted',
  'bank-validated',
  'returned',
  'suspended',
];

/** Of one that has ended nothing more comes. */
function checkMandate(mandate: Mandate, on: BusinessDate): void {
  const { state, validFrom, validUntil } = mandate;
  if (state !== 'accepted')
    throw wrongState(mandate, MAY_HOLD_YET.includes(state) ? 'same-reference' : 'never');
  const mandateId = shownMandate(mandate);
  if (on < validFrom) {
    const facts = { mandateId, validFrom, state: 'not-yet-valid' };
    throw new Refused(refuse('mandate-state', facts, { retry: 'same-reference' }));
  }
  if (validUntil !== null && on > validUntil)
    throw new Refused(refuse('mandate-state', { mandateId, validUntil, state: 'expired' }));
}

interface Days {
  /** The day of the payer's word. */
  readonly owedAsOf: BusinessDate;
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
}

/** A bank that is called is called now; a file goes by the calendars. Refuses `biller-not-served`, `channel-suspended`. */
async function daysOf(
  tx: Tx,
  { directory }: MandateTools,
  { biller, mandate, at, isCalled }: { biller: Biller; mandate: Mandate; at: Date; isCalled: boolean },
): Promise<Days> {
  const { current } = directory;
  const terms = await readDebitTerms(tx, biller.billerId);
  const bank = terms && (await readBank(tx, terms.bankId));
  const channel = current.channelsById.get(mandate.channelId);
  if (channel?.suspended === true)
    throw new Refused(refuse('channel-suspended', { channelCode: channel.code }));
  const isServed = terms && servedRoutes(current, biller, terms.method, at).has(mandate.channelId);
  if (terms === undefined || bank === undefined || isServed !== true)
    throw new Refused(refuse('biller-not-served', { billerCode: biller.code, field: 'debits' }));
  const today = calendarDate(at, biller.calendar);
  if (isCalled) return { owedAsOf: today, collectOn: today, sendOn: today };
  const calendar = await bankCalendar(tx, terms.bankId);
  const bankToday = bankDate(at, calendar);
  const { leadDays } = bank;
  const wish = { announceDays: 0, leadDays, today, bankToday, biller: biller.calendar, bank: calendar };
  const collectOn = firstDay(wish);
  return { owedAsOf: today, collectOn, sendOn: sendDay(collectOn, leadDays, calendar) };
}
