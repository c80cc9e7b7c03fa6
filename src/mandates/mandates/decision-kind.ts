// What an agency decides about a mandate (kind `mandate`): the first accepts it, rejects it or returns it for correction; each
// further one accepts or rejects what the mandate covers with it.

import { Type } from 'typebox';
import { businessNow, type Approval, type ApprovalKind, type Said } from '../../approvals/index.ts';
import { actorOf, type Actor, type Person } from '../../access/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import type { Directory } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId } from '../../kernel/ids.ts';
import { maskAccountsIn } from '../../kernel/mask-accounts.ts';
import type { Tx } from '../../platform/db/index.ts';
import { partReader } from '../../platform/http/index.ts';
import type { Mandate } from './mandate.ts';
import { askCovered, MANDATE } from './requests.ts';
import { TRANSITIONS } from './states.ts';
import { readCovers, updateCovers } from './store-cover.ts';
import { findMandate, updateMandate } from './store-mandate.ts';
import { move, note, stepTime, tell, type StepBy } from './take-step.ts';

const read = partReader(
  Type.Object({ mandateId: Type.String(), revision: Type.Integer() }, { additionalProperties: false }),
  '/content',
);

export function mandateKind(tools: { readonly directory: Directory }): ApprovalKind {
  return {
    kind: MANDATE,
    deciders: ['approver', 'finance-officer'],

    async accepted(tx, approval, actor, _prepared, person) {
      const it = await standing(tx, approval);
      const by = stepBy(actor, person);
      if (approval.billerId !== it.billerId) return acceptCover(tx, tools, approval, it, by);
      const now = await businessNow(tx);
      const biller = tools.directory.current.billersById.get(it.billerId);
      if (
        it.validUntil !== null &&
        biller !== undefined &&
        it.validUntil < calendarDate(now, biller.calendar)
      )
        throw impossible(`the mandate was valid until ${it.validUntil}`);
      await acceptOwn(tx, tools, it, by);
    },

    async ended(tx, approval, said) {
      if (said === undefined) return;
      const it = await standing(tx, approval);
      const by = stepBy(said.actor, said.person);
      const at = await stepTime(tx, it);
      if (approval.billerId === it.billerId)
        await move(tx, tools.directory, it, by, { action: 'rejected', reason: shortened(said), at });
      else await decideCover(tx, tools, approval, it, { by, state: 'rejected', reason: shortened(said) });
    },

    async returned(tx, approval, said) {
      const it = await standing(tx, approval);
      if (approval.billerId !== it.billerId)
        throw impossible('a further agency accepts or rejects; the first agency has it corrected');
      const at = await stepTime(tx, it);
      const reason = shortened(said);
      await move(tx, tools.directory, it, stepBy(said.actor, said.person), {
        action: 'returned',
        reason,
        at,
      });
    },
  };
}

/** The numbers with its own biller are accepted with it; further billers are asked now. */
async function acceptOwn(
  tx: Tx,
  { directory }: { readonly directory: Directory },
  it: Mandate,
  by: StepBy,
): Promise<void> {
  await updateCovers(tx, it, it.billerId, { state: 'accepted', approvalId: it.approvalId });
  const at = await stepTime(tx, it);
  const after = await move(tx, directory, it, by, { action: 'accepted', at });
  const covers = await readCovers(tx, it);
  const further = new Set(covers.map(({ billerId }) => billerId));
  further.delete(it.billerId);
  for (const billerId of further) {
    const payers = covers.filter((cover) => cover.billerId === billerId).map(({ payerId }) => payerId);
    const approvalId = await askCovered(tx, directory, after, { billerId, payers });
    await updateCovers(tx, it, billerId, { state: 'waiting', approvalId });
  }
}

async function acceptCover(
  tx: Tx,
  tools: { readonly directory: Directory },
  approval: Approval,
  it: Mandate,
  by: StepBy,
): Promise<void> {
  if (it.state !== 'accepted' && it.state !== 'suspended')
    throw impossible(`the mandate is ${it.state} by now`);
  await decideCover(tx, tools, approval, it, { by, state: 'accepted' });
}

async function decideCover(
  tx: Tx,
  { directory }: { readonly directory: Directory },
  { billerId, approvalId }: Approval,
  it: Mandate,
  { by, state, reason: said }: { by: StepBy; state: 'accepted' | 'rejected'; reason?: string },
): Promise<void> {
  const reason = said === undefined ? undefined : maskAccountsIn(said, it.shownAccount);
  await updateCovers(tx, it, billerId, { state, approvalId });
  const at = await stepTime(tx, it);
  const after = { ...it, revision: it.revision + 1, changedAt: at };
  await updateMandate(tx, after);
  const action = `cover-${state}` as const;
  const content = { billerCode: directory.current.billersById.get(billerId)?.code ?? '' };
  await note(tx, after, by, { action, reason, content, at });
  await tell(tx, directory, after, action, by.side, at, { billerId, reason: reason ?? null });
}

/** Refuses `approval-impossible` when the mandate waits for this request no more. */
async function standing(tx: Tx, { approvalId, billerId, content }: Approval): Promise<Mandate> {
  const { mandateId } = read(content);
  const id = parseId('mnd', mandateId);
  const it = id === undefined ? undefined : await findMandate(tx, id, 'for no key update');
  if (it === undefined) throw new Refused(refuse('mandate-not-found', { mandateId }));
  const covers = await readCovers(tx, it);
  const waits =
    it.billerId === billerId
      ? it.approvalId === approvalId && TRANSITIONS.accepted[it.state] !== undefined
      : covers.some((cover) => cover.approvalId === approvalId && cover.state === 'waiting');
  if (!waits) throw impossible(`the mandate is ${it.state} and waits for another word by now`);
  return it;
}

function stepBy(actor: Actor, person: Person | undefined): StepBy {
  return {
    side: 'agency',
    staffId: person?.staffId ?? null,
    client: null,
    actor: person === undefined ? actor : actorOf(person, actor.address),
  };
}

/** Told to the agency's program and to the payer; the whole of it stands with the request. */
function shortened({ comment }: Said): string {
  const line = (comment ?? '').replaceAll(/\s+/g, ' ').trim();
  const letters = [...line];
  return letters.length <= 200 ? line : `${letters.slice(0, 197).join('')}...`;
}

function impossible(reason: string): Refused {
  return new Refused(refuse('approval-impossible', { reason }));
}
