// Every kind of request that persons decide, from the rooms that carry it out. The gateway hands the list to the
// approval routes. Who asks and who decides stands with each kind; docs/people-and-approvals.md has them in one table.

import type { ApprovalKind } from './approvals/index.ts';
import { topUpKind } from './channels/index.ts';
import { endKind, heldKind, mandateKind, returnKind, type EndTools } from './mandates/index.ts';
import { creditKinds } from './payments/credit/index.ts';
import {
  breakResolutionKind,
  breakResolutions,
  type ResolutionTools,
  type Resolutions,
} from './reconciliation/breaks/index.ts';
import { depositResolutions } from './reconciliation/deposits/index.ts';
import { disputeDecisionKind, disputing } from './reconciliation/disputes/index.ts';
import { lineResolutions } from './reconciliation/statements/index.ts';
import { adjustKind } from './settlement/index.ts';
import { remittanceApprovals } from './settlement/remittances/index.ts';

export type ApprovalKinds = ReadonlyMap<string, ApprovalKind>;

/** Of all kinds, for who needs them without the tools to carry them out. */
export const KIND_NAMES: readonly string[] = [
  'top-up',
  'credit-apply',
  'credit-remit',
  'credit-refund',
  'mandate',
  'debit',
  'debit-end',
  'debit-return',
  'adjustment',
  'remittance',
  'remittance-confirm',
  'remittance-return',
  'break-resolution',
  'dispute-decision',
];

/** What the parts of the reconciliation room can do about the breaks that they find. */
export function allResolutions(tools: ResolutionTools): Resolutions {
  return breakResolutions(tools, [disputing, ...depositResolutions(tools), ...lineResolutions]);
}

export function approvalKinds(tools: ResolutionTools & EndTools): ApprovalKinds {
  const kinds: readonly ApprovalKind[] = [
    topUpKind,
    ...creditKinds(tools),
    mandateKind(tools),
    heldKind(tools),
    endKind(tools),
    returnKind(tools),
    adjustKind(tools),
    ...remittanceApprovals,
    breakResolutionKind(tools, allResolutions(tools)),
    disputeDecisionKind(tools),
  ];
  return new Map(kinds.map((kind) => [kind.kind, kind]));
}
