// Door of the approvals room: requests that persons decide.

export type { Approval, ApprovalKind, Ask, Counting, Proposal, Said, Wish } from './approval.ts';
export {
  fileBodies,
  FileBody,
  FileDownload,
  FileNameQuery,
  fileRoute,
  sendFile,
  sentFile,
} from './file-http.ts';
export { fileVerbs } from './file-verbs.ts';
export { ENDINGS, fileFault, mediaTypeOf, MEDIA_TYPES, type NewFile } from './attachment-rules.ts';
export { MOST_ATTACHMENTS } from './say.ts';
export { AttachmentAnswer } from './schema.ts';
export { showAttachment } from './show-approval.ts';
export type { AttachmentRow } from './store-attachment.ts';
export { registerApprovalCommands, told as tellApproval } from './commands.ts';
export { decide as decideApproval, type ApprovalTools } from './decide.ts';
export { endAsked, lockAsked, type RequestKey } from './end-asked.ts';
export { approvalRoutes } from './routes.ts';
export { askApproval, type Asked } from './ask-approval.ts';
export { businessNow } from './store.ts';
export type { ApprovalState } from './states.ts';
