// A mandate is suspended, resumed or cancelled: by the agency, by the payer through its portal, or by his bank. Each lifts only
// his own suspension. Said twice is said once.

import { billerOf } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { onMandate } from './change.ts';
import type { MandateTools } from './create.ts';
import { endRequests, onWhole } from './end.ts';
import type { Mandate, Side } from './mandate.ts';
import type { HoldBody } from './schema.ts';
import { readCovers } from './store-cover.ts';
import { move, stepTime, type StepBy } from './take-step.ts';
import { readMandateId, seenBy, sideOf, wrongState, type MandateCaller } from './who-may.ts';

/** Refuses `mandate-not-found`, `forbidden`, `malformed-request`, `mandate-state`. */
export function suspendMandate(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
  body: HoldBody,
): Promise<void> {
  return onMandate(tools, caller, shownId, async (tx, it) => {
    const by = stepBy(caller, it, body);
    if (it.state === 'suspended' && it.suspendedBy.includes(by.side)) return;
    const suspendedBy = [...it.suspendedBy, by.side];
    const { reason } = body;
    const at = await stepTime(tx, it);
    await move(tx, tools.directory, it, by, { action: 'suspended', reason, change: { suspendedBy }, at });
  });
}

/** Refuses `mandate-not-found`, `forbidden`, `malformed-request`, and `mandate-state` also where others alone hold it. */
export function resumeMandate(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
  body: HoldBody,
): Promise<void> {
  return onMandate(tools, caller, shownId, async (tx, it) => {
    const by = stepBy(caller, it, body);
    if (it.state === 'accepted') return;
    if (it.state !== 'suspended' || !it.suspendedBy.includes(by.side)) throw wrongState(it);
    const suspendedBy = it.suspendedBy.filter((side) => side !== by.side);
    const { reason } = body;
    const at = await stepTime(tx, it);
    await move(tx, tools.directory, it, by, { action: 'resumed', reason, change: { suspendedBy }, at });
  });
}

/** For ever. Refuses `mandate-not-found`, `forbidden`, `malformed-request`, `mandate-state` where it has ended otherwise. */
export function cancelMandate(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
  body: HoldBody,
): Promise<void> {
  const mandateId = readMandateId(shownId);
  const node = tools.database.nodeOf(billerOf(mandateId));
  return onWhole(node, mandateId, async (tx, found) => {
    const covers = found === undefined ? [] : await readCovers(tx, found);
    const it = seenBy(caller, shownId, found, covers);
    const by = stepBy(caller, it, body);
    if (it.state === 'cancelled') return;
    await endWith(tx, tools, it, by, { action: 'cancelled', reason: body.reason });
  });
}

/** The mandate and its requests are locked by this transaction. Refuses `mandate-state`. */
export async function endWith(
  tx: Tx,
  { directory }: Pick<MandateTools, 'directory'>,
  it: Mandate,
  by: StepBy,
  { action, reason }: { readonly action: 'cancelled' | 'expired'; readonly reason?: string },
): Promise<void> {
  const at = await stepTime(tx, it);
  await move(tx, directory, it, by, { action, reason, at });
  await endRequests(tx, it, `the mandate is ${action}`);
}

function stepBy(caller: MandateCaller, it: Mandate, body: HoldBody): StepBy & { side: Side } {
  const acts = sideOf(caller, it);
  if (acts === 'bank' && body.by !== undefined) {
    const errors = [{ pointer: '/by', detail: 'a bank speaks for itself; leave it out' }];
    throw new Refused(refuse('malformed-request', undefined, { errors }));
  }
  const { person, client, actor } = caller;
  const side = acts === 'bank' ? 'bank' : (body.by ?? 'agency');
  return { side, staffId: person?.staffId ?? null, client, actor };
}
