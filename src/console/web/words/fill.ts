// `fill('{count} of {all}', { count: 3, all: 7 })`. What is put in is isolated, so that a number or a name in another
// direction does not turn the sentence around.

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}`;
  });
}

/** The word for a code of the API; one that is new to the pages is shown as it is. */
export function wordFor(words: object, code: string): string {
  return (words as Readonly<Record<string, string | undefined>>)[code] ?? code;
}
