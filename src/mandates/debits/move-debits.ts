// A step in the life of debits: new states, the history, the agencies' events. Everything that becomes of a debit goes through
// here, many of one agency at once.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { showId } from '../../kernel/ids.ts';
import { formatMinor, toText } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Debit } from './debit.ts';
import type { DebitMove, MovedBy } from './debit-move.ts';
import { inWords } from './reason-words.ts';
import { reasonOf, type Cause } from './reasons.ts';
import { MOVES, TOLD, type DebitState } from './states.ts';
import { insertDebitEvents, readTellFacts, type TellFacts } from './store-events.ts';
import { insertDebitSteps, setRetry, updateDebits } from './store-move.ts';

/** The debits, all of one biller, are locked by this transaction. Throws for a step that states.ts does not know. */
export async function moveDebits(tx: Tx, moves: readonly DebitMove[], by: MovedBy): Promise<void> {
  if (moves.length === 0) return;
  for (const { debit, to } of moves)
    if (!MOVES[debit.state].includes(to))
      throw new Error(`${showId('dbt', debit.debitId)} is ${debit.state} and cannot become ${to}`);
  await updateDebits(tx, moves, by.at);
  await insertDebitSteps(tx, moves, by);
  await tellDebits(
    tx,
    moves.filter(({ to }) => TOLD.includes(to)),
    by.at,
  );
}

/**
 * The payers are to know of these before they are collected. They are locked, or made by this transaction. `movedFrom`,
 * `amountBeforeMinor`: what they were told before.
 */
export async function announceDebits(
  tx: Tx,
  debits: readonly (Debit & ToldBefore)[],
  at: Date,
): Promise<void> {
  await tellDebits(
    tx,
    debits.map(({ movedFrom, amountBeforeMinor, ...debit }) => ({
      debit,
      to: 'announced' as const,
      movedFrom,
      amountBeforeMinor,
    })),
    at,
  );
}

/** The agencies are to know of these: they were planned above a ceiling, by this transaction. */
export async function tellHeld(tx: Tx, debits: readonly Debit[], at: Date): Promise<void> {
  await tellDebits(
    tx,
    debits.map((debit) => ({ debit, to: 'held' as const, why: debit.why })),
    at,
  );
}

/** A part of these has become more than their payers were told, or have asked for, and is left out; the rest goes. They are locked. */
export async function tellReduced(
  tx: Tx,
  reduced: readonly { readonly move: DebitMove; readonly leftOut: readonly string[] }[],
  at: Date,
): Promise<void> {
  await tellDebits(
    tx,
    reduced.map(({ move: { debit, fixed }, leftOut }) => ({
      debit,
      to: 'reduced' as const,
      ...(fixed !== undefined && { fixed }),
      amountBeforeMinor: debit.amountMinor,
      leftOut,
    })),
    at,
  );
}

/** One that came to nothing is tried again after all: the agency and the payer are told of it once more. It is locked. */
export async function retryDebit(tx: Tx, debit: Debit, retryOn: BusinessDate, by: MovedBy): Promise<void> {
  const { state: to, why } = debit;
  await setRetry(tx, debit, retryOn, by.at);
  await insertDebitSteps(tx, [{ debit, to, why, text: `to be tried again on ${retryOn}` }], by);
  await tellDebits(tx, [{ debit, to, why, retryOn }], by.at);
}

/** What was promised does not come after all. They are locked. Who has paid himself, or knows it (`isKnown`), is told nothing. */
export async function giveUpRetries(
  tx: Tx,
  given: readonly { readonly debit: Debit; readonly why: string; readonly isKnown: boolean }[],
  by: MovedBy,
): Promise<void> {
  if (given.length === 0) return;
  for (const { debit } of given) await setRetry(tx, debit, null, by.at);
  await insertDebitSteps(
    tx,
    given.map(({ debit, why }) => ({
      debit,
      to: debit.state,
      why,
      text: `not tried again on ${debit.retryOn ?? ''} after all`,
    })),
    by,
  );
  await tellDebits(
    tx,
    given.map(({ debit, why, isKnown }) => ({ debit, to: 'given-up' as const, why, isKnown })),
    by.at,
  );
}

export interface ToldBefore {
  readonly movedFrom?: BusinessDate | undefined;
  readonly amountBeforeMinor?: bigint | undefined;
}

type Told = Omit<DebitMove, 'to'> &
  ToldBefore & {
    readonly to: DebitState | 'announced' | 'reduced' | 'given-up';
    readonly isKnown?: boolean;
    readonly leftOut?: readonly string[];
  };

async function tellDebits(tx: Tx, told: readonly Told[], at: Date): Promise<void> {
  if (told.length === 0) return;
  const facts = await readTellFacts(
    tx,
    told.map(({ debit }) => debit),
  );
  const events = told.map((each) => {
    const fact = facts.get(each.debit.debitId);
    if (fact === undefined) throw new Error(`${showId('dbt', each.debit.debitId)} is under no mandate`);
    return {
      billerId: each.debit.billerId,
      type: `debit.${each.to}`,
      debitId: each.debit.debitId,
      revision: fact.revision,
      payload: JSON.stringify(payloadOf(each, fact, at)),
      at,
      hasContact: fact.hasContact && concernsPayer(each, fact),
    };
  });
  await insertDebitEvents(tx, events);
}

function concernsPayer({ debit, to, why, isKnown = false }: Told, fact: TellFacts): boolean {
  // The bank's taking it back is how he got what a dispute has given him: nothing of his is open again.
  if (to === 'returned' && fact.bills.every(({ outcome }) => outcome === 'paid')) return false;
  if (to === 'given-up') return why !== 'nothing-left' && !isKnown;
  // Persons decided not to collect what he may count on being collected.
  if (to === 'dropped' && debit.state === 'held' && why === 'rejected') return true;
  return to !== 'dropped' || wasTold(debit, fact);
}

/** What is held from the beginning is announced only when persons have let it go. */
function wasTold({ state, retryOf }: Debit, { isAnnounced, hasMoved }: TellFacts): boolean {
  return isAnnounced && (state !== 'held' || hasMoved || retryOf !== null);
}

function payloadOf(
  { debit, to, why = null, code = null, text = null, ...more }: Told,
  fact: TellFacts,
  at: Date,
) {
  const { currency } = debit;
  return {
    debitId: showId('dbt', debit.debitId),
    reference: fact.reference,
    billerCode: fact.billerCode,
    mandateId: showId('mnd', debit.mandateId),
    mandateReference: fact.mandateReference,
    channelCode: fact.channelCode,
    payerId: debit.payerId,
    account: fact.account,
    amount: toText({ minor: more.fixed?.amountMinor ?? debit.amountMinor, currency }),
    collectOn: more.fixed?.collectOn ?? debit.collectOn,
    sendOn: more.fixed?.sendOn ?? debit.sendOn,
    movedFrom: more.movedFrom ?? null,
    amountBefore:
      more.amountBeforeMinor === undefined ? null : toText({ minor: more.amountBeforeMinor, currency }),
    attempt: debit.attempt,
    retryOf: debit.retryOf && showId('dbt', debit.retryOf),
    state: to === 'announced' || to === 'reduced' || to === 'given-up' ? debit.state : to,
    reason: why === null ? null : { cause: why, code, text, words: inWords(why) },
    bankReference: more.bankReference ?? debit.bankReference,
    retryOn: more.retryOn ?? null,
    ...(to === 'given-up' && { retryOnBefore: debit.retryOn }),
    ...(more.leftOut !== undefined && { leftOut: more.leftOut }),
    bills: fact.bills.map(({ billNumber, minor, outcome, paymentId, billStatus }) => ({
      billNumber,
      amount: { value: formatMinor(BigInt(minor), currency), currency },
      outcome,
      paymentId: paymentId && showId('pay', paymentId),
      billStatus,
    })),
    at: at.toISOString(),
  };
}

/** What a bank's refusal or return makes of a debit, as `moveDebits` wants it. */
export function refusedWith(said: { readonly code: string | null; readonly text: string | null }): {
  readonly why: Cause;
  readonly code: string | null;
  readonly text: string | null;
  readonly mayRetry: boolean;
} {
  // Words beside a code belong to it; alone they may begin with one.
  const { cause, mayRetry } = reasonOf([said.code ?? said.text]);
  return { why: cause, code: said.code, text: said.text, mayRetry };
}
