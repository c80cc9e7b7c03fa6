// Numbers and booleans in a query or a path, which are all text. Read only when written the one way that they are
// written: `1e2`, `01`, ` 1`, `Infinity` or an empty text are no whole numbers here, though JavaScript reads them.

import type { AnySchema } from 'ajv';

/** Reads one text; anything that has not the form is given back as it is, for the schema to refuse. */
type Reader = (text: string) => unknown;

const WHOLE = /^(0|-?[1-9][0-9]{0,14})$/;
const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
]);

const readerOf: Record<string, Reader> = {
  integer: (text) => (WHOLE.test(text) ? Number(text) : text),
  boolean: (text) => BOOLEANS.get(text) ?? text,
};

/** The fields of an object's schema that are not text, and how each is read. */
export function textReaders(schema: AnySchema): ReadonlyMap<string, Reader> {
  const readers = new Map<string, Reader>();
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  for (const [name, { type = '' }] of Object.entries(properties)) {
    const reader = readerOf[type];
    if (reader !== undefined) readers.set(name, reader);
  }
  return readers;
}

/** Changes `given` in place. */
export function readText(readers: ReadonlyMap<string, Reader>, given: Record<string, unknown>): void {
  for (const [name, read] of readers) {
    const text = given[name];
    if (typeof text === 'string') given[name] = read(text);
  }
}
