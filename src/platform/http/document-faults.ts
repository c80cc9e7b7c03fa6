// Turns ajv's errors into faults with a JSON Pointer. A missing or unknown field is pointed at by its own name, which
// ajv leaves to its reader; and there is a bound, because the document that caused the errors may be hostile.

import type { ErrorObject } from 'ajv';
import type { Json } from '../../kernel/errors.ts';
import { MONTH, ONE_LINE, WRITTEN_LINE, WRITTEN_TEXT } from '../../kernel/text-form.ts';
import { pointerStep, type DocumentFault } from './malformed.ts';
import { meantErrors } from './meant-errors.ts';

/** More faults than this help nobody and make the answer long. */
export const MOST_FAULTS = 20;
const LONGEST_NAME = 100;

/** What ajv tells beside the keywords read here; its own type for them is anything. */
interface Params {
  readonly additionalProperty?: string;
  readonly unevaluatedProperty?: string;
  readonly propertyName: string;
  readonly missingProperty: string;
  readonly type: string | readonly string[];
  readonly allowedValues: readonly (string | number | boolean | null)[];
  readonly allowedValue: Json;
  readonly pattern: string;
  readonly format: string;
  readonly multipleOf: number;
  readonly i: number;
  readonly j: number;
  readonly limit: number;
}

export function documentFaults(errors: readonly ErrorObject[]): DocumentFault[] {
  const faults = new Map<string, DocumentFault>();
  for (const error of meantErrors(errors)) {
    const fault = faultOf(error as ErrorObject<string, Params>);
    faults.set(`${fault.pointer} ${fault.key}`, fault);
    if (faults.size === MOST_FAULTS) break;
  }
  return [...faults.values()];
}

function faultOf({ keyword, instancePath: pointer, params }: ErrorObject<string, Params>): DocumentFault {
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
    case 'propertyNames':
      return named(
        pointer,
        'unknownField',
        params.additionalProperty ?? params.unevaluatedProperty ?? params.propertyName,
      );
    case 'required':
    case 'dependentRequired':
      return named(pointer, 'missingField', params.missingProperty);
    case 'type':
      return { pointer, key: 'wrongType', facts: { types: [params.type].flat() } };
    case 'enum':
      return { pointer, key: 'notOneOf', facts: { allowed: params.allowedValues.join(', ') } };
    case 'const':
      return { pointer, key: 'notEqual', facts: { expected: JSON.stringify(params.allowedValue) } };
    case 'pattern':
      return { pointer, key: textKeys[params.pattern] ?? 'pattern', facts: { pattern: params.pattern } };
    case 'format':
      return { pointer, key: formatKeys[params.format] ?? 'format', facts: { format: params.format } };
    case 'multipleOf':
      return { pointer, key: 'notMultiple', facts: { step: params.multipleOf } };
    case 'uniqueItems':
      return {
        pointer,
        key: 'repeatedItem',
        facts: { one: Math.min(params.i, params.j), other: Math.max(params.i, params.j) },
      };
    case 'not':
      return { pointer, key: 'noForm' };
  }
  const key = limitKeys[keyword];
  return key === undefined
    ? { pointer, key: 'notAllowed' }
    : { pointer, key, facts: { limit: params.limit } };
}

/** Forms of texts, whose patterns say nothing to people. */
const textKeys: Record<string, DocumentFault['key']> = {
  [ONE_LINE]: 'controlCharacters',
  [WRITTEN_LINE]: 'unseenCharacters',
  [WRITTEN_TEXT]: 'unseenInText',
  [MONTH]: 'formatMonth',
};

const formatKeys: Record<string, DocumentFault['key']> = {
  date: 'formatDate',
  'date-time': 'formatDateTime',
  email: 'formatEmail',
  uri: 'formatUri',
};

const limitKeys: Record<string, DocumentFault['key']> = {
  minLength: 'tooShort',
  maxLength: 'tooLong',
  minItems: 'tooFew',
  maxItems: 'tooMany',
  minProperties: 'tooFew',
  maxProperties: 'tooMany',
  minimum: 'tooSmall',
  maximum: 'tooLarge',
  exclusiveMinimum: 'notAbove',
  exclusiveMaximum: 'notBelow',
};

function named(pointer: string, key: 'unknownField' | 'missingField', name: string): DocumentFault {
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return { pointer: pointer + pointerStep(shown), key, facts: { name: shown } };
}
