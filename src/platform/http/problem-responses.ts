// What a route may be refused with, for its schema's `response`. Serves the API description only: problems are sent
// as text, so nothing is compiled for them, and their static type is `never` so that a route's own answers stay typed.

import { Type, type TUnsafe } from '@fastify/type-provider-typebox';
import { PROBLEMS, type Code } from '../../kernel/errors.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { LOCALES } from './words.ts';

export type ProblemResponses<C extends Code> = { [Status in (typeof PROBLEMS)[C]['status']]: TUnsafe<never> };

/**
 * `response: { 201: Payment, ...problemResponses('underpayment', 'bill-not-found') }`. Name the route's own codes;
 * those of every route (400, 401, 403, 429, 5xx) are added to the description by `describeProblems`.
 */
export function problemResponses<const C extends Code>(...codes: C[]): ProblemResponses<C> {
  const byStatus = new Map<number, Code[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses = [...byStatus].map(([status, same]) => [status, Type.Unsafe<never>(describe(same))]);
  return Object.fromEntries(responses) as ProblemResponses<C>;
}

/** The examples stand for the codes; `describeProblems` puts the shared ones in their place. */
export function describe(codes: readonly Code[]): object {
  return {
    description: codes.map((code) => `${LOCALES.en.problems[code].title} (\`${code}\`).`).join(' '),
    content: {
      [PROBLEM_TYPE]: {
        schema: {},
        examples: Object.fromEntries(codes.map((code) => [code, { value: {} }])),
      },
    },
  };
}
