// How requests are checked against their schemas. Bodies: nothing converted, nothing removed. Query and path: text
// becomes the number or boolean the schema asks for when it is written as one (read-text.ts). A good body costs one pass
// that stops at the first error; only a bad one is read again for all its errors, and only when it is small, so that a
// hostile body buys no work. A check is compiled when the first request needs it: a start would wait for a hundred.

import { Ajv, type AnySchema, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import { onFirstUse } from '../../kernel/on-first-use.ts';
import type { Static, TSchema } from 'typebox';
import { documentFaults } from './document-faults.ts';
import { Malformed, type Place } from './malformed.ts';
import { readText, textReaders } from './read-text.ts';

/** Values (fields, entries) in a body whose errors are all looked for; of a larger one the first is told. */
const MOST_VALUES = 2000;

const common = {
  strict: true,
  strictTypes: false,
  strictRequired: false,
  strictTuples: false,
  allowUnionTypes: true,
} as const;
const placeOf: Record<string, Place> = { querystring: 'query', params: 'path', headers: 'headers' };

/** Sets how `app` and all below it compile schemas and tell what breaks them. Shared schemas are those of `app`. */
export function checkRequests(app: FastifyInstance): void {
  const first = newAjv({ allErrors: false });
  const all = newAjv({ allErrors: true });
  const compile = (ajv: Ajv, schema: AnySchema) => onFirstUse(() => compiled(ajv, schema, app.getSchemas()));

  app.setValidatorCompiler<AnySchema>(({ schema, httpPart }) =>
    httpPart === 'body'
      ? bodyCheck(compile(first, schema), compile(all, schema))
      : textCheck(compile(all, schema), schema),
  );
  app.setSchemaErrorFormatter(
    (errors, part) => new Malformed(documentFaults(errors as ErrorObject[]), placeOf[part] ?? 'body'),
  );
}

/**
 * Reads what lies at `pointer` of a body whose own schema leaves it open, by the same checks and with the same words.
 * Throws Malformed.
 */
export function partReader<S extends TSchema>(schema: S, pointer: string): (part: unknown) => Static<S> {
  const check = bodyCheck(
    onFirstUse(() => newAjv({ allErrors: false }).compile(schema)),
    onFirstUse(() => newAjv({ allErrors: true }).compile(schema)),
  );
  return (part) => {
    if (check(part)) return part as Static<S>;
    const faults = documentFaults(check.errors ?? []);
    throw new Malformed(faults.map((fault) => ({ ...fault, pointer: pointer + fault.pointer })));
  };
}

function newAjv(options: { allErrors: boolean }): Ajv {
  const ajv = new Ajv({
    ...common,
    ...options,
    coerceTypes: false,
    useDefaults: true,
    removeAdditional: false,
  });
  formats.default(ajv);
  return ajv.addVocabulary(['example', 'x-examples']);
}

function compiled(ajv: Ajv, schema: AnySchema, shared: Record<string, unknown>): ValidateFunction {
  for (const [id, one] of Object.entries(shared)) {
    if (ajv.getSchema(id) === undefined) ajv.addSchema(one as AnySchema, id);
  }
  const id = typeof schema === 'object' ? schema.$id : undefined;
  return (id === undefined ? undefined : ajv.getSchema(id)) ?? ajv.compile(schema);
}

/** Query and path come as text: what is to be a number or a boolean is read first, and left as it is when it is neither. */
function textCheck(compileIt: () => ValidateFunction, schema: AnySchema): RequestCheck {
  const readers = textReaders(schema);
  const check: RequestCheck = (given) => {
    const validate = compileIt();
    if (typeof given === 'object' && given !== null) readText(readers, given as Record<string, unknown>);
    const isGood = validate(given);
    check.errors = validate.errors;
    return isGood;
  };
  return check;
}

interface RequestCheck {
  (given: unknown): boolean;
  errors?: ErrorObject[] | null;
}

/** Most routes never see a bad body, and so never compile the thorough check. */
function bodyCheck(compileFirst: () => ValidateFunction, compileAll: () => ValidateFunction): RequestCheck {
  const check: RequestCheck = (body) => {
    const first = compileFirst();
    if (first(body)) return true;
    check.errors = first.errors;
    if (isSmall(body)) {
      const all = compileAll();
      all(body);
      check.errors = all.errors ?? first.errors;
    }
    return false;
  };
  return check;
}

function isSmall(body: unknown): boolean {
  const waiting: unknown[] = [body];
  for (let at = 0; at < waiting.length; at += 1) {
    const value = waiting[at];
    if (typeof value !== 'object' || value === null) continue;
    const inner: unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (waiting.length + inner.length > MOST_VALUES) return false;
    waiting.push(...inner);
  }
  return true;
}
