// Every kind of request that persons decide, from the rooms that carry it out. The gateway hands the list to the
// approval routes. Who asks and who decides stands with each kind; docs/people-and-approvals.md has them in one table.

import type { ApprovalKind } from './approvals/index.ts';
import { topUpKind } from './channels/index.ts';
import { creditKinds, type CreditTools } from './payments/credit/index.ts';
import { adjustKind } from './settlement/index.ts';
import { remittanceApprovals } from './settlement/remittances/index.ts';

export type ApprovalKinds = ReadonlyMap<string, ApprovalKind>;

/** Of all kinds, for who needs them without the tools to carry them out. */
export const KIND_NAMES: readonly string[] = [
  'top-up',
  'credit-apply',
  'credit-remit',
  'credit-refund',
  'adjustment',
  'remittance',
  'remittance-confirm',
  'remittance-return',
];

export function approvalKinds(tools: CreditTools): ApprovalKinds {
  const kinds: readonly ApprovalKind[] = [
    topUpKind,
    ...creditKinds(tools),
    adjustKind(tools),
    ...remittanceApprovals,
  ];
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}
