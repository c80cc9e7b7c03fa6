// The shape of a problem document, for the API description. Answers may gain fields, so it is open: every fact of a
// refusal stands beside the standard members.

import { Type } from '@fastify/type-provider-typebox';
import { PROBLEMS, type Code, type Facts } from '../../kernel/errors.ts';
import { toProblem } from './problem.ts';

export const ProblemCode = Type.Enum(Object.keys(PROBLEMS), {
  type: 'string',
  description: 'What was refused, for programs. `/problems/{code}` explains it to people.',
});
const code = Type.Unsafe<Code>({ $ref: '#/components/schemas/ProblemCode' });

export const Problem = Type.Object(
  {
    type: Type.String({
      format: 'uri-reference',
      description: 'Address of the page that explains the code.',
    }),
    title: Type.String({ description: "The code in a few words of the caller's language." }),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    detail: Type.String({ description: "What happened, in the caller's language." }),
    instance: Type.String({
      description: 'The id of the request, also in `x-request-id`. Tell it to the operator.',
    }),
    code,
    retry: Type.Enum(['never', 'same-reference', 'new-reference'], {
      type: 'string',
      description:
        'What a program should do by itself: nothing; the same request again under the same reference; ' +
        'or, once mended, a new request under a new reference.',
    }),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'JSON Pointer (RFC 6901) to the place.' }),
          detail: Type.String({ description: 'What to change there.' }),
        }),
        { description: 'Where the request breaks the contract; at most 20 places.' },
      ),
    ),
    bills: Type.Optional(
      Type.Array(Type.Object({ billNumber: Type.String(), code }, { additionalProperties: true }), {
        description: 'Which bills were refused and why, with the facts of each.',
      }),
    ),
  },
  {
    additionalProperties: true,
    description: 'A refusal or failure (RFC 9457). The facts of the refusal stand beside these members.',
  },
);

const omr = (value: string) => ({ value, currency: 'OMR' });
const exampleFacts: Partial<Record<Code, Facts>> = {
  'bill-already-paid': { paidAt: '2026-11-22T06:14:09.120Z' },
  'reference-reused': { field: 'bills' },
  underpayment: { amountDue: omr('125.500') },
  overpayment: { amountDue: omr('125.500') },
  'amount-out-of-range': { min: omr('1.000'), max: omr('500.000'), step: omr('1.000') },
  'currency-mismatch': { field: 'amount', expected: 'OMR', given: 'USD' },
  'bill-expired': { expiresOn: '2026-10-31' },
  'fee-changed': { fee: omr('0.200') },
  'insufficient-float': { available: omr('80.000') },
  'limit-exceeded': { scope: 'payment', limit: omr('1000.000') },
  'payload-too-large': { limitBytes: 1_048_576 },
};

/** One example document per code, in English. */
export function problemExamples(): Record<string, { value: object }> {
  const codes = Object.keys(PROBLEMS) as Code[];
  return Object.fromEntries(
    codes.map((one) => {
      const errors =
        one === 'malformed-request'
          ? [{ pointer: '/bills/0/amount', detail: 'Add “amount”: it is required.' }]
          : undefined;
      const refusal = { code: one, facts: exampleFacts[one], errors };
      return [one, { value: toProblem(refusal, { language: 'en', instance: 'req_1jgk2b3v8000a1b2c3d4' }) }];
    }),
  );
}
