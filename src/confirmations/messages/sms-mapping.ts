// How an SMS is told to a provider's HTTP interface, and how its answer is understood: a JSON file of the operator's,
// so that another provider is another file. Checked when it is read; an unknown or missing entry stops the start.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';

const closed = { additionalProperties: false };
const Status = Type.Integer({ minimum: 200, maximum: 599 });

const Mapping = Type.Object(
  {
    url: Type.String({ minLength: 1 }),
    format: Type.Enum(['json', 'form']),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]+$' }), Type.String({ pattern: '^[ -~]*$' })),
    ),
    /** {sender} in the fields. */
    sender: Type.Optional(Type.String({ maxLength: 64 })),
    fields: Type.Record(Type.String(), Type.Unknown()),
    success: Type.Optional(
      Type.Object(
        {
          statuses: Type.Optional(Type.Array(Status, { minItems: 1 })),
          /** Steps into the answer, such as `messages[0].status`. */
          path: Type.Optional(Type.String({ pattern: '^[^.\\[\\]]+(\\.[^.\\[\\]]+|\\[\\d+\\])*$' })),
          equals: Type.Optional(
            Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()]), { minItems: 1 }),
          ),
        },
        closed,
      ),
    ),
    /** Statuses by which nothing was sent and a later attempt may go better. */
    again: Type.Optional(Type.Array(Status)),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 10_000 })),
    atOnce: Type.Optional(Type.Integer({ minimum: 1, maximum: 64 })),
  },
  closed,
);
export type SmsMapping = Static<typeof Mapping>;

const PLACES = ['to', 'toDigits', 'text', 'sender', 'id'];
const validator = Compile(Mapping);

/** Throws an Error that names what is wrong. */
export function readSmsMapping(json: unknown): SmsMapping {
  if (!validator.Check(json)) {
    const faults = validator
      .Errors(json)
      .map(({ instancePath, message }) => `${instancePath.slice(1) || 'the file'} ${message}`);
    throw new Error(`the mapping of the SMS provider: ${faults.join('; ')}`);
  }
  const texts = textsIn(json.fields);
  const places = texts.flatMap((text) =>
    [...text.matchAll(/\{([A-Za-z]+)\}/g)].map(([, place = '']) => place),
  );
  const faults = places.filter((place) => !PLACES.includes(place)).map((place) => `there is no {${place}}`);
  if (!places.includes('text') || !places.some((place) => place === 'to' || place === 'toDigits'))
    faults.push('fields must carry {text}, and {to} or {toDigits}');
  if (json.format === 'form' && Object.values(json.fields).some((value) => typeof value !== 'string'))
    faults.push('in a form every field is a text');
  if ((json.success?.path === undefined) !== (json.success?.equals === undefined))
    faults.push('success.path and success.equals belong together');
  if (faults.length > 0) throw new Error(`the mapping of the SMS provider: ${faults.join('; ')}`);
  return json;
}

/** The fields with their places filled, at any depth. */
export function fillFields(value: unknown, places: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string')
    return value.replace(/\{([A-Za-z]+)\}/g, (_, place: string) => places[place] ?? '');
  if (Array.isArray(value)) return value.map((each) => fillFields(each, places));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fillFields(inner, places)]));
}

/** What stands in an answer at a path such as `messages[0].status`; undefined: nothing does. */
export function valueAt(answer: unknown, path: string): unknown {
  let value = answer;
  for (const step of path.match(/[^.[\]]+/g) ?? []) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
