// Door of the approvals room: requests that persons decide.

export type { Approval, ApprovalKind, Ask, Proposal, Wish } from './approval.ts';
export { askApproval, type Asked } from './ask-approval.ts';
export type { ApprovalState } from './states.ts';
