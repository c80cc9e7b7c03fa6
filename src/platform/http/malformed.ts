// A request that breaks the contract, before it has become a refusal: where it breaks and how, still without words,
// because the words depend on the caller's language, which only the answer knows.

import { refuse, type Facts, type PointedError, type Refusal } from '../../kernel/errors.ts';
import type { Language } from './language.ts';
import { faultText, LOCALES, type Locale } from './words.ts';

/** A longer one comes from a document made to be long, and is not worth sending back. */
const LONGEST_POINTER = 1000;

export type Place = 'body' | keyof Locale['places'];

/** One fault: a JSON Pointer into the document (or to the parameter's name), which sentence, and what fills it. */
export interface DocumentFault {
  readonly pointer: string;
  readonly key: keyof Locale['faults'];
  readonly facts?: Facts;
}

export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly faults: readonly DocumentFault[];
  readonly place: Place;

  constructor(faults: readonly DocumentFault[], place: Place = 'body') {
    const depth = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super('malformed-request');
    Error.stackTraceLimit = depth;
    this.faults = faults;
    this.place = place;
  }
}

/** The refusal, in the caller's words. */
export function toRefusal(error: Malformed, language: Language): Refusal {
  const place = error.place === 'body' ? '' : ` ${LOCALES[language].places[error.place]}`;
  const errors: PointedError[] = error.faults.map(({ pointer, key, facts = {} }) => ({
    pointer: pointer.length > LONGEST_POINTER ? '' : pointer,
    detail: faultText(language, key, inWords(facts, language)) + place,
  }));
  return refuse('malformed-request', undefined, { errors });
}

/** Where a room has only named the parameter of the query that cannot be: the place and what to send, in the caller's words. */
export function pointed(refusal: Refusal, language: Language): Refusal {
  const { code, facts = {}, errors } = refusal;
  const { field } = facts;
  if (code !== 'malformed-request' || errors !== undefined || typeof field !== 'string') return refusal;
  const fault = { pointer: pointerStep(field), key: keyOf(field, facts), facts: { ...facts, name: field } };
  return { ...refusal, errors: toRefusal(new Malformed([fault], 'query'), language).errors ?? [] };
}

function keyOf(field: string, facts: Facts): DocumentFault['key'] {
  if ('limitDays' in facts) return 'tooManyDays';
  if ('limit' in facts) return 'tooManyLines';
  if (field === 'after') return 'notNext';
  if (field === 'mandateId') return 'notAMandate';
  if (field === 'currency') return 'notACurrency';
  // Of whoever is of no agency: one that he names and that is not there is `biller-not-found`.
  if (field === 'biller') return 'missingField';
  return field === 'to' ? 'notAnEnd' : 'formatDate';
}

/** JSON's type names, given in `types`, become words of the language in `expected`. */
function inWords(facts: Facts, language: Language): Facts {
  const { types } = facts;
  if (!Array.isArray(types)) return facts;
  const locale = LOCALES[language];
  const names = types.map((type) => locale.types[type as keyof Locale['types']] ?? String(type));
  return { ...facts, expected: names.join(` ${locale.or} `) };
}

/** One step of a JSON Pointer, escaped (RFC 6901 §3). */
export function pointerStep(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
