// The part of the API description that every route shares: the problem schema, an example per code, and the refusals
// of the platform itself. Routes name only their own codes, and the document stays short because all of it is by $ref.

import { PROBLEMS, isCode, type Code } from '../../kernel/errors.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { Problem, ProblemCode, problemExamples } from './problem-schema.ts';
import { describe } from './problem-responses.ts';

interface MediaType {
  schema?: object;
  examples?: Record<string, object>;
}
interface ResponseObject {
  description?: string;
  headers?: object;
  content?: Record<string, MediaType>;
}
interface Operation {
  security?: object[];
  parameters?: object[];
  requestBody?: object;
  responses?: Record<string, ResponseObject | { $ref: string }>;
}
export interface Description {
  components?: { schemas?: object; examples?: object; responses?: object; headers?: object };
  paths?: Record<string, Record<string, Operation>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];

/** What may happen on any route: said once, named by the routes it can happen on. */
const everywhere: Record<string, { codes: Code[]; when: (operation: Operation) => boolean }> = {
  '400': {
    codes: ['malformed-request'],
    when: (of) => of.requestBody !== undefined || (of.parameters ?? []).length > 0,
  },
  '401': { codes: ['unauthenticated'], when: isSecured },
  '403': { codes: ['forbidden'], when: isSecured },
  '413': { codes: ['payload-too-large'], when: (of) => of.requestBody !== undefined },
  '415': { codes: ['unsupported-media-type'], when: (of) => of.requestBody !== undefined },
  '429': { codes: ['too-many-requests'], when: () => true },
  default: { codes: ['internal-error', 'overloaded', 'outcome-unknown'], when: () => true },
};

/** Completes a description made from the routes; changes and returns it. */
export function describeProblems<D extends Description>(description: D): D {
  const components = (description.components ??= {});
  components.schemas = { ...components.schemas, Problem, ProblemCode };
  components.headers = { ...components.headers, ...headers };
  components.responses = {
    ...components.responses,
    ...Object.fromEntries(
      Object.entries(everywhere).map(([status, { codes }]) => [
        nameOf(status),
        withReferences(status, describe(codes)),
      ]),
    ),
  };
  for (const path of Object.values(description.paths ?? {})) {
    for (const method of METHODS) if (path[method] !== undefined) describeOperation(path[method]);
  }
  const examples = problemExamples();
  const text = JSON.stringify([description.paths, components.responses]);
  const named = Object.entries(examples).filter(([code]) => text.includes(`"#/components/examples/${code}"`));
  components.examples = { ...components.examples, ...Object.fromEntries(named) };
  return description;
}

function describeOperation(operation: Operation): void {
  const responses = (operation.responses ??= {});
  for (const [status, response] of Object.entries(responses))
    responses[status] = withReferences(status, response);
  for (const [status, { when }] of Object.entries(everywhere)) {
    if (responses[status] === undefined && when(operation)) {
      responses[status] = { $ref: `#/components/responses/${nameOf(status)}` };
    }
  }
}

function withReferences(
  status: string,
  response: ResponseObject | { $ref: string },
): ResponseObject | { $ref: string } {
  const problem = '$ref' in response ? undefined : response.content?.[PROBLEM_TYPE];
  if ('$ref' in response || problem === undefined) return response;
  const codes = Object.keys(problem.examples ?? {}).filter(isCode);
  const media = {
    schema: { $ref: '#/components/schemas/Problem' },
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };
  const paced = status === 'default' || codes.some((code) => [429, 503].includes(PROBLEMS[code].status));
  return {
    description: response.description,
    headers: {
      'x-request-id': { $ref: '#/components/headers/x-request-id' },
      ...(paced ? { 'retry-after': { $ref: '#/components/headers/retry-after' } } : {}),
    },
    content: { [PROBLEM_TYPE]: media },
  };
}

const headers = {
  'x-request-id': {
    description: 'The id of the request: the one sent in, when it has a sane form, else a fresh one.',
    schema: { type: 'string' },
  },
  'retry-after': {
    description: 'Seconds to wait; with 429 and 503.',
    schema: { type: 'integer', minimum: 1 },
  },
};

function isSecured({ security }: Operation): boolean {
  return security === undefined || security.length > 0;
}

function nameOf(status: string): string {
  return status === 'default' ? 'AnyOtherProblem' : `Problem${status}`;
}
