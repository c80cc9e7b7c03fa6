// The part of the API description that every route shares: the problem schema, an example per code, and the refusals
// of the platform itself. Routes name only their own codes, and the document stays short because all of it is by $ref.

import { STATUS_CODES } from 'node:http';
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
  for (const path of Object.values(description.paths ?? {})) {
    for (const method of METHODS) if (path[method] !== undefined) describeOperation(path[method]);
  }
  const components = (description.components ??= {});
  const shared = Object.entries(everywhere).map(
    ([status, { codes }]) => [nameOf(status), withReferences(status, describe(codes))] as const,
  );
  components.responses = { ...components.responses, ...named(shared, 'responses', description.paths) };
  const examples = named(Object.entries(problemExamples()), 'examples', [
    description.paths,
    components.responses,
  ]);
  components.examples = { ...components.examples, ...examples };
  components.schemas = { ...components.schemas, Problem, ProblemCode };
  components.headers = { ...components.headers, ...headers };
  return description;
}

/** Only what something refers to. */
function named<T>(entries: readonly (readonly [string, T])[], kind: string, by: unknown): Record<string, T> {
  const text = JSON.stringify(by);
  return Object.fromEntries(entries.filter(([name]) => text.includes(`"#/components/${kind}/${name}"`)));
}

function describeOperation(operation: Operation): void {
  const responses = (operation.responses ??= {});
  for (const [status, { codes, when }] of Object.entries(everywhere)) {
    if (!when(operation)) continue;
    const own = codesOf(responses[status]);
    if (responses[status] === undefined)
      responses[status] = { $ref: `#/components/responses/${nameOf(status)}` };
    else if (own.length > 0) responses[status] = describe([...new Set([...codes, ...own])]);
  }
  for (const [status, response] of Object.entries(responses)) {
    const described = withReferences(status, response);
    // A route that says nothing about its success gets the status's own words instead of a filler.
    if ('description' in described && described.description === 'Default Response') {
      described.description = STATUS_CODES[status] ?? 'The answer';
    }
    responses[status] = described;
  }
}

function codesOf(response: ResponseObject | { $ref: string } | undefined): Code[] {
  if (response === undefined || '$ref' in response) return [];
  return Object.keys(response.content?.[PROBLEM_TYPE]?.examples ?? {}).filter(isCode);
}

function withReferences(
  status: string,
  response: ResponseObject | { $ref: string },
): ResponseObject | { $ref: string } {
  const codes = codesOf(response);
  if ('$ref' in response || codes.length === 0) return response;
  const media = {
    schema: { $ref: '#/components/schemas/Problem' },
    examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
  };
  const isPaced = status === 'default' || codes.some((code) => [429, 503].includes(PROBLEMS[code].status));
  return {
    description: response.description,
    headers: {
      'x-request-id': { $ref: '#/components/headers/x-request-id' },
      ...(isPaced ? { 'retry-after': { $ref: '#/components/headers/retry-after' } } : {}),
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
