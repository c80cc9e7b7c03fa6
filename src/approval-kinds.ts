// Every kind of request that persons decide, from the rooms that carry it out. The gateway hands the list to the
// approval routes.

import type { ApprovalKind } from './approvals/index.ts';

export function approvalKinds(): readonly ApprovalKind[] {
  return [];
}
