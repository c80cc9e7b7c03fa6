// Files of requests over HTTP: the bytes are the body, the name is in the query. They come back as downloads only, never
// as a page of this origin.

import { Type } from 'typebox';
import { callingPerson } from '../access/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { problemResponses, sendJson, type Server } from '../platform/http/index.ts';
import { LARGEST_ATTACHMENT, MEDIA_TYPES } from './attachment-rules.ts';
import type { ApprovalTools } from './decide.ts';
import { attach, fetchAttachment } from './say.ts';
import { ApprovalParams, AttachmentAnswer, AttachmentParams } from './schema.ts';
import { showAttachment } from './show-approval.ts';

const tags = ['approvals'];

const NameQuery = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 120, examples: ['bank-letter.pdf'] }) },
  { additionalProperties: false },
);

const EXAMPLES: Readonly<Record<string, string | undefined>> = {
  'text/plain': 'Cash deposit of 22 November 2026, 5000.000 OMR, deposit slip 0007.\n',
  'text/csv': 'date,slip,amount,currency\n2026-11-22,0007,5000.000,OMR\n',
};

export function attachmentRoutes(app: Server, tools: ApprovalTools): void {
  void app.register(async (files: Server) => {
    files.removeAllContentTypeParsers();
    files.addContentTypeParser<Buffer>(
      [...MEDIA_TYPES],
      { parseAs: 'buffer', bodyLimit: LARGEST_ATTACHMENT },
      (_request, bytes, done) => done(null, bytes),
    );
    attachRoute(files, tools);
  });
  downloadRoute(app, tools);
}

function attachRoute(app: Server, tools: ApprovalTools): void {
  app.post(
    '/v1/approvals/:approvalId/attachments',
    {
      bodyLimit: LARGEST_ATTACHMENT,
      // The body is bytes, which no schema can look into; the one below is for the description alone.
      validatorCompiler: (route) =>
        route.httpPart === 'body' ? () => true : (app.validatorCompiler?.(route) ?? (() => true)),
      schema: {
        tags,
        operationId: 'attachToApproval',
        summary: 'Attach a file',
        description: `At most 10 files of 5 MiB. The same file under the same name is attached once. ${MEDIA_TYPES.join(', ')}.`,
        params: ApprovalParams,
        querystring: NameQuery,
        body: Type.Unsafe<Buffer>({
          content: Object.fromEntries(MEDIA_TYPES.map((type) => [type, { schema: fileOf(type) }])),
        }),
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
      const { body } = request;
      if (!Buffer.isBuffer(body)) throw new Refused(refuse('unsupported-media-type', { contentType: '' }));
      const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
      const file = { name: request.query.name, mediaType: mediaType.trim().toLowerCase(), bytes: body };
      const { attachment, isNew } = await attach(tools, caller, request.params.approvalId, file);
      return sendJson(reply, isNew ? 201 : 200, showAttachment(attachment));
    },
  );
}

/** Text is shown by an example; no example shows what bytes are. */
function fileOf(mediaType: string): object {
  const text = EXAMPLES[mediaType];
  return text === undefined ? { type: 'string', format: 'binary' } : { type: 'string', examples: [text] };
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
          200: {
            description: 'The bytes as they were attached.',
            content: {
              'application/octet-stream': {
                schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }),
              },
            },
          },
          ...problemResponses('forbidden', 'approval-not-found', 'attachment-not-found'),
        },
      },
    },
    async (request, reply) => {
      const caller = { person: callingPerson(request), address: request.ip };
      const { approvalId, attachmentId } = request.params;
      const file = await fetchAttachment(tools, caller, approvalId, attachmentId);
      return reply
        .type(file.media_type)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeName(file.name)}`)
        .header('content-security-policy', "sandbox; default-src 'none'")
        .header('content-digest', `sha-256=:${file.sha256.toString('base64')}:`)
        .send(file.bytes);
    },
  );
}

/** RFC 8187, 3.2.1: encodeURIComponent leaves four characters that are not allowed there. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
