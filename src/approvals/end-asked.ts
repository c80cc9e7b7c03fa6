// A request of the system that is asked for no more, because what it was about has ended by itself.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { TRANSITIONS } from './states.ts';
import { businessNow, insertStep, lockApproval, updateApproval } from './store.ts';

export interface RequestKey {
  readonly billerId: number;
  readonly approvalId: Uuid;
}

/** Locks them in one order, before what they are about is locked. */
export async function lockAsked(tx: Tx, keys: readonly RequestKey[]): Promise<void> {
  const sorted = [...keys].sort((a, b) => (a.approvalId < b.approvalId ? -1 : 1));
  for (const { billerId, approvalId } of sorted) await lockApproval(tx, billerId, approvalId);
}

/** Withdraws it if it is open; its kind is not told. It is locked by this transaction. */
export async function endAsked(tx: Tx, { billerId, approvalId }: RequestKey, comment: string): Promise<void> {
  const approval = await lockApproval(tx, billerId, approvalId);
  if (approval === undefined || approval.decidedAt !== undefined) return;
  if (TRANSITIONS.withdrawn[approval.state] === undefined) return;
  const at = await businessNow(tx);
  await insertStep(tx, approval, { action: 'withdrawn', staffId: null, comment, at });
  await updateApproval(tx, { ...approval, state: 'withdrawn', decidedAt: at });
}
