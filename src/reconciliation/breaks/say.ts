// Who has a break to look after, and what is said of it. Said twice is said once.

import { actorOf, recordAudit } from '../../access/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, showId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { ALLOWED } from './states.ts';
import { insertBreakStep, lockBreak, updateBreak, type StoredBreak } from './store-break.ts';
import { findDeskPerson, lastSaid } from './store-list.ts';
import type { BreakTools } from './tools.ts';
import { checkDesk, readBreakId, seen, wrongState, type Caller } from './who-may.ts';

/** `login` null: nobody's. Refuses `break-not-found`, `break-state`, `forbidden`, and `malformed-request` for who is none of the desk. */
export async function assignBreak(
  tools: Pick<BreakTools, 'database'>,
  caller: Caller,
  shownId: string,
  login: string | null,
): Promise<void> {
  await onBreak(tools, caller, shownId, 'assigned', async (tx, it) => {
    const owner = login === null ? null : await findDeskPerson(tx, login);
    if (owner === undefined) {
      const errors = [{ pointer: '/login', detail: 'nobody of the operator’s people has this login' }];
      throw new Refused(refuse('malformed-request', undefined, { errors }));
    }
    if (owner === it.owner) return;
    await updateBreak(tx, { ...it, owner });
    const at = await businessNow(tx);
    const { staffId } = caller.person;
    await insertBreakStep(tx, it, { action: 'assigned', staffId, content: { login: login ?? '' }, at });
    await audit(tx, caller, 'break.assign', it, { login });
  });
}

/** Refuses `break-not-found`, `forbidden`. */
export async function commentBreak(
  tools: Pick<BreakTools, 'database'>,
  caller: Caller,
  shownId: string,
  comment: string,
): Promise<void> {
  await onBreak(tools, caller, shownId, 'commented', async (tx, it) => {
    const { staffId } = caller.person;
    const last = await lastSaid(tx, it);
    if (last?.staff_id === staffId && last.comment === comment) return;
    await insertBreakStep(tx, it, { action: 'commented', staffId, comment, at: await businessNow(tx) });
    await audit(tx, caller, 'break.comment', it, { comment });
  });
}

async function onBreak(
  { database }: Pick<BreakTools, 'database'>,
  { person }: Caller,
  shownId: string,
  action: keyof typeof ALLOWED,
  work: (tx: Tx, it: StoredBreak) => Promise<void>,
): Promise<void> {
  const breakId = readBreakId(shownId);
  await database.nodeOf(billerOf(breakId)).transaction(async (tx) => {
    const it = seen(person, shownId, await lockBreak(tx, breakId));
    checkDesk(person);
    if (!ALLOWED[action].includes(it.state)) throw wrongState(it);
    await work(tx, it);
  });
}

function audit(tx: Tx, { person, address }: Caller, action: string, it: StoredBreak, after: object) {
  return recordAudit(tx, actorOf(person, address), {
    action,
    subject: `break/${showId('brk', it.breakId)}`,
    after,
  });
}
