// Door of the approvals room: requests that persons decide.

export type { Approval, ApprovalKind, Ask, Proposal, Wish } from './approval.ts';
export { registerApprovalCommands, told as tellApproval } from './commands.ts';
export type { ApprovalTools } from './decide.ts';
export { approvalRoutes } from './routes.ts';
export { askApproval, type Asked } from './ask-approval.ts';
export type { ApprovalState } from './states.ts';
