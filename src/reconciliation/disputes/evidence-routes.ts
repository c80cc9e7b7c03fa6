// Evidence of disputes over HTTP, by the rules of files attached to requests.

import {
  AttachmentAnswer,
  fileBodies,
  FileBody,
  FileDownload,
  FileNameQuery,
  fileRoute,
  MEDIA_TYPES,
  sendFile,
  sentFile,
  showAttachment,
} from '../../approvals/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { attachEvidence, fetchEvidence } from './move.ts';
import { DisputeParams, EvidenceParams } from './schema.ts';
import { disputeCaller } from './who-may.ts';

const tags = ['reconciliation'];

export function evidenceRoutes(app: Server, { database }: { readonly database: Database }): void {
  fileBodies(app, (files) => attachRoute(files, database));
  app.get(
    '/v1/disputes/:disputeId/evidence/:evidenceId',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'disputeEvidence',
        summary: 'A file of a dispute, as a download',
        params: EvidenceParams,
        response: {
          200: FileDownload,
          ...problemResponses('forbidden', 'dispute-not-found', 'attachment-not-found'),
        },
      },
    },
    async (request, reply) => {
      const { disputeId, evidenceId } = request.params;
      return sendFile(reply, await fetchEvidence(database, disputeCaller(request), disputeId, evidenceId));
    },
  );
}

function attachRoute(app: Server, database: Database): void {
  app.post(
    '/v1/disputes/:disputeId/evidence',
    {
      ...fileRoute(app),
      schema: {
        tags,
        operationId: 'attachEvidence',
        summary: 'Attach a file that proves it',
        description: `At most 10 files of 5 MiB. The same file under the same name is attached once. ${MEDIA_TYPES.join(', ')}.`,
        params: DisputeParams,
        querystring: FileNameQuery,
        body: FileBody,
        response: {
          200: { ...AttachmentAnswer, description: 'Attached before.' },
          201: AttachmentAnswer,
          ...problemResponses(
            'malformed-request',
            'forbidden',
            'dispute-not-found',
            'dispute-state',
            'unsupported-media-type',
            'payload-too-large',
            'attachment-limit',
          ),
        },
      },
    },
    async (request, reply) => {
      const file = sentFile(request, request.query.name);
      const caller = disputeCaller(request);
      const { evidence, isNew } = await attachEvidence(database, caller, request.params.disputeId, file);
      return sendJson(reply, isNew ? 201 : 200, showAttachment(evidence));
    },
  );
}
