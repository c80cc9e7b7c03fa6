// A line of an NDJSON bill file: the body of PUT plus `billNumber`, held to the same JSON schema. Unknown fields are
// refused and nothing is coerced, as everywhere.

import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { onFirstUse } from '../kernel/on-first-use.ts';
import { malformed, type Reject } from './bill-line.ts';
import { NumberedBillBody } from './schema.ts';
import { formWords } from './text-forms.ts';

/** Verbose: an error brings the schema that it broke, for the words. */
const check = onFirstUse(() => {
  const ajv = new Ajv({ strict: false, verbose: true });
  addFormats.default(ajv);
  return ajv.compile<NumberedBillBody>(NumberedBillBody);
});

/** The parsed line, or the first fault in it. */
export function readNdjsonLine(text: string): NumberedBillBody | Reject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return malformed('', 'the line is not JSON');
  }
  const isNumberedBody = check();
  if (isNumberedBody(parsed)) return parsed;
  return faultOf(isNumberedBody.errors ?? []);
}

/** A JSON Pointer as the path of names it follows: `/lines/0/amount` is `lines.0.amount`. */
export function pathOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.');
}

/** Of an amount that fits neither of its two forms every form complains: one sentence instead. */
function faultOf(errors: readonly ErrorObject[]): Reject {
  const [error] = errors;
  if (error === undefined) return malformed('', 'the line is no bill');
  if (errors.some(({ keyword, instancePath }) => keyword === 'anyOf' && instancePath === '/amount')) {
    return malformed(
      'amount',
      'must be { value, currency } or { min, max, step?, currency } with decimal strings',
    );
  }
  const at = pathOf(error.instancePath);
  if (error.keyword === 'required')
    return malformed(below(at, error.params['missingProperty']), 'is missing');
  if (error.keyword === 'additionalProperties') {
    return malformed(below(at, error.params['additionalProperty']), 'is not known here');
  }
  return malformed(at, wordsOf(error));
}

/** What the schema asks for, never as a regular expression. */
function wordsOf({ keyword, message, parentSchema, params }: ErrorObject): string {
  const { pattern, maxLength, format } = parentSchema ?? {};
  if (keyword === 'type') return message ?? 'is of another type';
  const form = typeof pattern === 'string' ? formWords(pattern, Number(maxLength)) : undefined;
  if (form !== undefined) return form;
  if (format === 'email') return 'must be an e-mail address of at most 254 characters';
  if (keyword === 'enum') return `must be one of ${[params['allowedValues']].flat().join(', ')}`;
  return message ?? 'is malformed';
}

function below(at: string, name: unknown): string {
  const shown = String(name).slice(0, 64);
  return at === '' ? shown : `${at}.${shown}`;
}
