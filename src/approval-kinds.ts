// Every kind of request that persons decide, from the rooms that carry it out. The gateway hands the list to the
// approval routes.

import type { ApprovalKind } from './approvals/index.ts';
import { topUpKind } from './channels/index.ts';

export type ApprovalKinds = ReadonlyMap<string, ApprovalKind>;

export function approvalKinds(): ApprovalKinds {
  const kinds: readonly ApprovalKind[] = [topUpKind];
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}
