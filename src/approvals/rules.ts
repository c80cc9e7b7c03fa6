// Who may see, ask and decide. Pure. The sender never decides his own, and nobody takes two steps of one round
// (rules.md, "Approvals"), so that two persons really are two.

import { BELONGS, type Person, type Role } from '../access/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Approval, ApprovalKind } from './approval.ts';
import { TRANSITIONS, type ApprovalAction } from './states.ts';

const OPERATORS_ADMINS: readonly Role[] = ['operator-admin'];

/** The operator's people see everything, an agency's what is their biller's, a channel's what they asked for themselves. */
export function maySee(person: Person, approval: Pick<Approval, 'billerId' | 'askedBy'>): boolean {
  switch (BELONGS[person.role]) {
    case 'operator':
      return true;
    case 'agency':
      return approval.billerId === person.billerId;
    case 'channel':
      return approval.askedBy === person.staffId;
  }
}

/** By role and biller alone. */
export function isDecider(person: Person, kind: ApprovalKind, billerId: number): boolean {
  const roles = kind.deciders ?? OPERATORS_ADMINS;
  if (!roles.includes(person.role)) return false;
  return BELONGS[person.role] === 'operator' || person.billerId === billerId;
}

/** `billerId` 0: the operator's own request. */
export function mayAsk(person: Person, kind: ApprovalKind, billerId: number): Refusal | undefined {
  if (kind.propose !== undefined && kind.askers?.includes(person.role) === true) {
    const belongs = BELONGS[person.role];
    if (belongs === 'operator' || (belongs === 'channel' && billerId === 0) || person.billerId === billerId)
      return undefined;
  }
  return mayNotAsk(person);
}

export function mayNotAsk({ role }: Person): Refusal {
  return refuse('forbidden', { reason: `the role ${role} may not ask for this` });
}

/** Why this person may not accept, reject or return it now; undefined: he may. `accepted`: by whom in this round. */
export function decisionFault(
  person: Person,
  kind: ApprovalKind,
  approval: Approval,
  accepted: readonly Uuid[],
): Refusal | undefined {
  if (!isDecider(person, kind, approval.billerId))
    return refuse('forbidden', { reason: `the role ${person.role} does not decide this` });
  if (approval.state !== 'open') return refuseDecided(approval);
  if (approval.askedBy === person.staffId || accepted.includes(person.staffId))
    return refuse('self-approval');
  return undefined;
}

/** What only the asker does: change what was returned, withdraw. */
export function askersFault(
  person: Person,
  approval: Approval,
  action: 'changed' | 'withdrawn',
): Refusal | undefined {
  if (approval.askedBy !== person.staffId)
    return refuse('forbidden', { reason: 'only who asked may do this' });
  return stateFault(approval, action);
}

export function stateFault(
  approval: Approval,
  action: Exclude<ApprovalAction, 'asked'>,
): Refusal | undefined {
  return TRANSITIONS[action][approval.state] === undefined ? refuseDecided(approval) : undefined;
}

function refuseDecided({ state, decidedAt }: Approval): Refusal {
  return refuse('approval-decided', {
    state,
    ...(decidedAt !== undefined && { decidedAt: decidedAt.toISOString() }),
  });
}

/** After an acceptance: the next step, or all is done. */
export function afterAcceptance({ step, steps }: Pick<Approval, 'step' | 'steps'>): {
  readonly isLast: boolean;
  readonly step: number;
} {
  return step >= steps ? { isLast: true, step } : { isLast: false, step: step + 1 };
}
