// What a linked agency answers (openapi/agency-link.yaml), held to the same shapes as the bills that agencies present.

import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { Type, type Static } from 'typebox';
import { onFirstUse } from '../../kernel/on-first-use.ts';
import { BillNumber, NumberedBillBody } from '../schema.ts';

export const MOST_BILLS_ANSWERED = 1000;

export const AgencyBill = Type.Object(
  {
    ...NumberedBillBody.properties,
    status: Type.Optional(Type.Enum(['open', 'paid', 'cancelled'])),
    paidAt: Type.Optional(Type.String({ format: 'date-time' })),
  },
  { additionalProperties: false },
);
export type AgencyBill = Static<typeof AgencyBill>;

const Answer = Type.Object({ bills: Type.Array(AgencyBill, { maxItems: MOST_BILLS_ANSWERED }) });

const Outcome = Type.Object({
  outcome: Type.Optional(Type.Enum(['booked', 'paid-elsewhere'])),
  bills: Type.Optional(Type.Array(BillNumber, { minItems: 1, maxItems: 500, uniqueItems: true })),
  paidAt: Type.Optional(Type.String({ format: 'date-time' })),
});
export type Outcome = Static<typeof Outcome>;

const checks = onFirstUse(() => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return { isAnswer: ajv.compile<Static<typeof Answer>>(Answer), isOutcome: ajv.compile<Outcome>(Outcome) };
});

/** The bills of an answer, or where it is wrong: never what stands there, which may be a person's. */
export function parseAnswer(body: Buffer): readonly AgencyBill[] | { wrong: string } {
  const json = parseJson(body);
  const { isAnswer } = checks();
  if (isAnswer(json)) return json.bills;
  return { wrong: json === undefined ? 'not JSON' : firstFault(isAnswer.errors) };
}

/** No body is `booked`. */
export function parseOutcome(body: Buffer): Outcome | { wrong: string } {
  if (body.length === 0) return {};
  const json = parseJson(body);
  const { isOutcome } = checks();
  if (isOutcome(json)) return json;
  return { wrong: json === undefined ? 'not JSON' : firstFault(isOutcome.errors) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

function firstFault(errors: ErrorObject[] | null | undefined): string {
  const [error] = errors ?? [];
  return `${error?.instancePath || '/'} ${error?.message ?? 'is malformed'}`;
}
