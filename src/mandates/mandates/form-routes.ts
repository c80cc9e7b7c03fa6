// Signed forms over HTTP, by the rules of files attached to requests.

import {
  fileBodies,
  FileBody,
  FileDownload,
  FileNameQuery,
  fileRoute,
  sendFile,
  sentFile,
} from '../../approvals/index.ts';
import { problemResponses, sendJson, type Server } from '../../platform/http/index.ts';
import { FormAnswer } from './answer-schema.ts';
import type { MandateTools } from './create.ts';
import { attachForm, fetchForm } from './form.ts';
import { MandateParams } from './schema.ts';
import { showForm } from './show-mandate.ts';
import { mandateCaller } from './who-may.ts';

const tags = ['mandates'];
const usual = [
  'malformed-request',
  'unauthenticated',
  'forbidden',
  'too-many-requests',
  'mandate-not-found',
] as const;

export function formRoutes(app: Server, tools: MandateTools): void {
  fileBodies(app, (files) => attachRoute(files, tools));
  app.get(
    '/v1/mandates/:mandateId/form',
    {
      config: { budget: 'status' },
      schema: {
        tags,
        operationId: 'mandateForm',
        summary: 'The form that the payer has signed, as a download',
        params: MandateParams,
        response: { 200: FileDownload, ...problemResponses(...usual, 'attachment-not-found') },
      },
    },
    async (request, reply) =>
      sendFile(reply, await fetchForm(tools, mandateCaller(request), request.params.mandateId)),
  );
}

function attachRoute(app: Server, tools: MandateTools): void {
  app.post(
    '/v1/mandates/:mandateId/form',
    {
      ...fileRoute(app),
      schema: {
        tags,
        operationId: 'attachMandateForm',
        summary: 'Attach the form that the payer has signed',
        description:
          'A PDF, PNG or JPEG of at most 5 MiB, until the agency has decided. The newest counts; the same file again changes nothing.',
        params: MandateParams,
        querystring: FileNameQuery,
        body: FileBody,
        response: {
          200: { ...FormAnswer, description: 'Attached before.' },
          201: FormAnswer,
          ...problemResponses(
            ...usual,
            'mandate-state',
            'unsupported-media-type',
            'payload-too-large',
            'attachment-limit',
          ),
        },
      },
    },
    async (request, reply) => {
      const file = sentFile(request, request.query.name);
      const { form, isNew } = await attachForm(tools, mandateCaller(request), request.params.mandateId, file);
      return sendJson(reply, isNew ? 201 : 200, showForm(form));
    },
  );
}
