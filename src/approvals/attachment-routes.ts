// Files of requests over HTTP: attached and downloaded (file-http.ts says how).

import { callingPerson } from '../access/index.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { MEDIA_TYPES } from './attachment-rules.ts';
import type { ApprovalTools } from './decide.ts';
import {
  fileBodies,
  FileBody,
  FileDownload,
  FileNameQuery,
  fileRoute,
  sendFile,
  sentFile,
} from './file-http.ts';
import { attach, fetchAttachment } from './say.ts';
import { ApprovalParams, AttachmentAnswer, AttachmentParams } from './schema.ts';
import { showAttachment } from './show-approval.ts';

const tags = ['approvals'];

export function attachmentRoutes(app: Server, tools: ApprovalTools): void {
  fileBodies(app, (files) => attachRoute(files, tools));
  downloadRoute(app, tools);
}

function attachRoute(app: Server, tools: ApprovalTools): void {
  app.post(
    '/v1/approvals/:approvalId/attachments',
    {
      ...fileRoute(app),
      schema: {
        tags,
        operationId: 'attachToApproval',
        summary: 'Attach a file',
        description: `At most 10 files of 5 MiB. The same file under the same name is attached once. ${MEDIA_TYPES.join(', ')}.`,
        params: ApprovalParams,
        querystring: FileNameQuery,
        body: FileBody,
        response: {
          200: { ...AttachmentAnswer, description: 'Attached before.' },
          201: AttachmentAnswer,
          ...problemResponses(
            'malformed-request',
            'forbidden',
            'approval-not-found',
            'approval-decided',
            'unsupported-media-type',
            'payload-too-large',
            'attachment-limit',
          ),
        },
      },
    },
    async (request, reply) => {
      const caller = { person: callingPerson(request), address: request.ip };
      const file = sentFile(request, request.query.name);
      const { attachment, isNew } = await attach(tools, caller, request.params.approvalId, file);
      return sendJson(reply, isNew ? 201 : 200, showAttachment(attachment));
    },
  );
}

function downloadRoute(app: Server, tools: ApprovalTools): void {
  app.get(
    '/v1/approvals/:approvalId/attachments/:attachmentId',
    {
      schema: {
        tags,
        operationId: 'approvalAttachment',
        summary: 'A file of a request, as a download',
        params: AttachmentParams,
        response: {
          200: FileDownload,
          ...problemResponses('forbidden', 'approval-not-found', 'attachment-not-found'),
        },
      },
    },
    async (request, reply) => {
      const caller = { person: callingPerson(request), address: request.ip };
      const { approvalId, attachmentId } = request.params;
      return sendFile(reply, await fetchAttachment(tools, caller, approvalId, attachmentId));
    },
  );
}
