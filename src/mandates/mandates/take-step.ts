// One step of a mandate's life: its new state, its history, the event for the agencies and the row of the audit log, all in
// one transaction under the mandate's lock. Everything that happens to a mandate goes through here.

import { recordAudit, type Actor } from '../../access/index.ts';
import { businessNow } from '../../approvals/index.ts';
import { maskAccountsIn } from '../../kernel/mask-accounts.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Directory } from '../../channels/index.ts';
import type { Cover, Mandate, Side } from './mandate.ts';
import { TRANSITIONS, type MandateAction, type Move } from './states.ts';
import { readCovers } from './store-cover.ts';
import { insertEnding } from './store-ending.ts';
import { debitsUnderWay, insertMandateEvent, type UnderWay } from './store-event.ts';
import { insertStep, updateMandate } from './store-mandate.ts';
import { wrongState } from './who-may.ts';

export interface StepBy {
  readonly side: Side | 'system';
  readonly staffId: Uuid | null;
  readonly client: string | null;
  readonly actor: Actor;
}

export interface Step<Action extends MandateAction> {
  readonly action: Action;
  readonly reason?: string | undefined;
  readonly content?: Readonly<Record<string, string>>;
  /** What else becomes of the mandate. */
  readonly change?: Partial<Mandate>;
  readonly at: Date;
}

export const SYSTEM: StepBy = {
  side: 'system',
  staffId: null,
  client: null,
  actor: { name: 'system', origin: 'worker' },
};

/** The bank hears of it; when the last day is over it knows that itself. */
const ENDS: readonly Move[] = ['cancelled', 'rejected'];

/** Later than all that happened to it, so that its steps and events keep their order. */
export async function stepTime(tx: Tx, before: Pick<Mandate, 'changedAt'>): Promise<Date> {
  const now = await businessNow(tx);
  return now > before.changedAt ? now : new Date(before.changedAt.getTime() + 1);
}

/** What people and banks write may name the account: it is kept and told masked, as it is shown. */
function masked<Action extends MandateAction>({ shownAccount }: Mandate, step: Step<Action>): Step<Action> {
  const { reason, content } = step;
  const mask = (text: string): string => maskAccountsIn(text, shownAccount);
  return {
    ...step,
    ...(reason !== undefined && { reason: mask(reason) }),
    ...(content?.['text'] !== undefined && { content: { ...content, text: mask(content['text']) } }),
  };
}

/** Refuses `mandate-state`. `by` adds itself to those who hold it, or lifts its own: the state may stay. */
export async function move(
  tx: Tx,
  directory: Directory,
  before: Mandate,
  by: StepBy,
  written: Step<Move>,
): Promise<Mandate> {
  const step = masked(before, written);
  const to = TRANSITIONS[step.action][before.state];
  if (to === undefined) throw wrongState(before);
  const changed = { ...before, ...step.change };
  const isHeld = step.action === 'resumed' && changed.suspendedBy.length > 0;
  const state = isHeld ? before.state : to;
  const isMoved = state !== before.state;
  const after: Mandate = {
    ...changed,
    state,
    reason: isMoved ? (step.reason ?? null) : before.reason,
    revision: before.revision + (isMoved ? 1 : 0),
    changedAt: step.at,
  };
  await updateMandate(tx, after);
  await note(tx, after, by, step, before.state);
  if (ENDS.includes(step.action) && by.side !== 'bank') await insertEnding(tx, before, step.at);
  if (isMoved) await tell(tx, directory, after, step.action, by.side, step.at);
  return after;
}

/** A line of the history, and of the audit log; nothing is told. */
export async function note(
  tx: Tx,
  after: Mandate,
  by: StepBy,
  { action, reason, content, at }: Step<MandateAction>,
  was: string = after.state,
): Promise<void> {
  const { side, staffId, client, actor } = by;
  await insertStep(tx, after, {
    action,
    state: after.state,
    side,
    staffId,
    client,
    reason: reason ?? null,
    content,
    at,
  });
  await recordAudit(tx, actor, {
    action: `mandate.${action}`,
    subject: `mandate/${showId('mnd', after.mandateId)}`,
    before: { state: was },
    after: { state: after.state, ...(reason !== undefined && { reason }), ...content },
  });
}

/**
 * In the feed of its agency and of every other that has accepted it; each reads of its own debits alone. `revision` is the
 * mandate's. The payer is told by its agency, by a further one whose own word it is (`cover`: which has decided, and why), and
 * by each that has a debit with his bank.
 */
export async function tell(
  tx: Tx,
  directory: Directory,
  of: Mandate,
  what: Exclude<MandateAction, 'created' | 'changed' | 'attached'>,
  by: Side | 'system',
  at: Date,
  cover?: { readonly billerId: number; readonly reason: string | null },
): Promise<void> {
  const covers = await readCovers(tx, of);
  const others = covers
    .filter(({ billerId, state }) => state === 'accepted' || billerId === cover?.billerId)
    .map((one) => one.billerId);
  const { mandateId, revision, billerId, contact, currency } = of;
  const underWay = HOLDS_NO_MORE.includes(what) ? await debitsUnderWay(tx, of) : undefined;
  const payload = payloadOf(
    directory,
    cover === undefined ? of : { ...of, reason: cover.reason },
    covers,
    by,
  );
  const speaker = cover?.billerId ?? billerId;
  const agencies = [...new Set([billerId, ...others])].map((one) => {
    const itsOwn = underWay?.filter((debit) => debit.billerId === one);
    const speaks = one === speaker || (itsOwn !== undefined && itsOwn.length > 0);
    return {
      billerId: one,
      payload: JSON.stringify({
        ...payload,
        ...(itsOwn && { underWay: itsOwn.map((each) => shown(each, currency)) }),
      }),
      forPayer: speaks && contact !== null,
    };
  });
  await insertMandateEvent(tx, { type: `mandate.${what}`, mandateId, revision, at }, agencies);
}

/** Nothing new is collected from then on; what banks have is. */
const HOLDS_NO_MORE: readonly MandateAction[] = ['suspended', 'cancelled', 'expired'];

function shown({ debitId, minor, collectOn }: UnderWay, currency: string): object {
  return { debitId: showId('dbt', debitId), amount: toText({ minor, currency }), collectOn };
}

function payloadOf(directory: Directory, of: Mandate, covers: readonly Cover[], by: Side | 'system'): object {
  const { currency } = of;
  const { billersById, channelsById } = directory.current;
  const codeOf = (billerId: number) => billersById.get(billerId)?.code ?? '';
  return {
    mandateId: showId('mnd', of.mandateId),
    reference: of.reference,
    billerCode: codeOf(of.billerId),
    channelCode: channelsById.get(of.channelId)?.code ?? '',
    payerId: of.payerId,
    state: of.state,
    by,
    reason: of.reason,
    bankReference: of.bankReference,
    account: of.shownAccount,
    collect: of.collect,
    ceiling: {
      perDebit: toText({ minor: of.perDebitMinor, currency }),
      perMonth: toText({ minor: of.perMonthMinor, currency }),
    },
    validFrom: of.validFrom,
    validUntil: of.validUntil,
    suspendedBy: of.suspendedBy,
    covers: covers.map(({ billerId, payerId, units, state }) => ({
      billerCode: codeOf(billerId),
      payerId,
      units,
      state,
    })),
    at: of.changedAt.toISOString(),
  };
}
