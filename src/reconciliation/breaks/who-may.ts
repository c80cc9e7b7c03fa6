// Who sees which breaks: the operator's people all, an agency's those of its biller, a channel's those of its channel, and
// these two only look. What somebody may not see is not there for him.

import { BELONGS, type Person } from '../../access/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { parseId, showId, type Uuid } from '../../kernel/ids.ts';
import type { StoredBreak } from './store-break.ts';

export interface Caller {
  readonly person: Person;
  /** From where he calls, for the audit log. */
  readonly address: string;
}

/** null: every biller's, or every channel's. */
export function scopeOf(person: Person): { billerId: number | null; channelId: number | null } {
  switch (BELONGS[person.role]) {
    case 'operator':
      return { billerId: null, channelId: null };
    case 'agency':
      return { billerId: person.billerId ?? -1, channelId: null };
    case 'channel':
      return { billerId: null, channelId: person.channelId ?? -1 };
  }
}

/** Refuses `break-not-found`. */
export function seen(person: Person, shownId: string, it: StoredBreak | undefined): StoredBreak {
  const { billerId, channelId } = scopeOf(person);
  if (
    it === undefined ||
    (billerId ?? it.billerId) !== it.billerId ||
    (channelId ?? it.channelId) !== it.channelId
  )
    throw new Refused(refuse('break-not-found', { breakId: shownId }));
  return it;
}

/** Refuses `forbidden` for everybody but the operator's people. */
export function checkDesk({ role }: Person): void {
  if (BELONGS[role] !== 'operator')
    throw new Refused(refuse('forbidden', { reason: `the role ${role} only looks at breaks` }));
}

export function readBreakId(shownId: string): Uuid {
  const id = parseId('brk', shownId);
  if (id === undefined) throw new Refused(refuse('break-not-found', { breakId: shownId }));
  return id;
}

export function wrongState({ breakId, state, approvalId, approvalState }: StoredBreak): Refused {
  const isAsked = approvalId !== null && isLive(approvalState);
  return new Refused(
    refuse('break-state', {
      breakId: showId('brk', breakId),
      state,
      ...(isAsked && { approvalId: showId('apr', approvalId) }),
    }),
  );
}

/** Of a request that may still be accepted. */
export function isLive(approvalState: string | null): boolean {
  return approvalState === 'open' || approvalState === 'returned';
}
