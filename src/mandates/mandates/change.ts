// What is done to one mandate by whoever opened it: changed, submitted. And the way to one mandate, locked, for all that is
// done to it without its requests.

import { billerOf, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { readChange, sealedAccount, type MandateTools } from './create.ts';
import type { Mandate } from './mandate.ts';
import type { TermsBody } from './schema.ts';
import { CHANGEABLE } from './states.ts';
import { readCovers, replaceCovers } from './store-cover.ts';
import { findMandate, updateMandate } from './store-mandate.ts';
import { submit } from './submit.ts';
import { note, stepTime, type StepBy } from './take-step.ts';
import { checkOpener, readMandateId, seenBy, wrongState, type MandateCaller } from './who-may.ts';

/** Refuses `mandate-not-found`, `forbidden`, `mandate-state` unless it is a draft or returned, and what a new one refuses. */
export function changeMandate(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
  body: TermsBody,
): Promise<void> {
  return onMandate(tools, caller, shownId, async (tx, it) => {
    checkOpener(caller, it);
    if (!CHANGEABLE.includes(it.state)) throw wrongState(it);
    const read = await readChange(tx, tools, it, caller, body);
    const at = await stepTime(tx, it);
    const after = { ...it, ...read.terms, ...sealedAccount(tools, it, read), changedAt: at };
    await updateMandate(tx, after);
    await replaceCovers(tx, it, read.covers);
    await note(tx, after, openersStep(caller, it), { action: 'changed', at });
  });
}

/** Again it is the same. Refuses `mandate-not-found`, `forbidden`, `mandate-state`, and what a new one refuses. */
export function submitMandate(tools: MandateTools, caller: MandateCaller, shownId: string): Promise<void> {
  return onMandate(tools, caller, shownId, async (tx, it) => {
    checkOpener(caller, it);
    if (it.state === 'submitted' || (it.openedBy === 'bank' && it.state === 'bank-validated')) return;
    await submit(tx, tools.directory, it, openersStep(caller, it));
  });
}

function openersStep({ client, actor }: MandateCaller, { openedBy: side }: Mandate): StepBy {
  return { side, staffId: null, client, actor };
}

/** Locks the mandate. Refuses `mandate-not-found`. */
export async function onMandate<T>(
  { database }: Pick<MandateTools, 'database'>,
  caller: MandateCaller,
  shownId: string,
  work: (tx: Tx, it: Mandate) => Promise<T>,
): Promise<T> {
  const mandateId = readMandateId(shownId);
  return database
    .nodeOf(billerOf(mandateId))
    .transaction(async (tx) =>
      work(tx, await seenMandate(tx, caller, shownId, mandateId, 'for no key update')),
    );
}

/** Refuses `mandate-not-found`. */
export async function seenMandate(
  tx: Tx,
  caller: MandateCaller,
  shownId: string,
  mandateId: Uuid,
  lock: '' | 'for no key update' = '',
): Promise<Mandate> {
  const it = await findMandate(tx, mandateId, lock);
  const covers = it === undefined ? [] : await readCovers(tx, it);
  return seenBy(caller, shownId, it, covers);
}
