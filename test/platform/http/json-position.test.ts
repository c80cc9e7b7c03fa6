// The place where a text stops being JSON agrees with JSON.parse about whether it does.

import fc from 'fast-check';
import t from 'tap';
import { brokenAt, lineAndColumn } from '../../../src/platform/http/json-position.ts';

const cases: [text: string, at: number][] = [
  ['', 0],
  ['{', 1],
  ['{"a":}', 5],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a":1} x', 8],
  ['01', 1],
  ['-', 0],
  ['tru', 0],
  ['"a\nb"', 2],
  ['"\\x"', 1],
  ['"abc', 4],
  ["{'a':1}", 1],
  ['\ufeff{}', 0],
  ['{]', 1],
  ['[}', 1],
];

for (const [text, at] of cases) {
  t.test(JSON.stringify(text), async (t) => {
    t.throws((): unknown => JSON.parse(text));
    t.equal(brokenAt(text), at);
  });
}

t.test('any JSON is unbroken to its end, and breaking it is seen', async () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', '}', ',', '"', '\u0001', 'x'), (json, seed, put) => {
      const cut = json.length === 0 ? 0 : seed % json.length;
      const text = json.slice(0, cut) + put + json.slice(cut + 1);
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      const at = brokenAt(text);
      return brokenAt(json) === json.length && (!isJson || at === text.length) && at <= text.length;
    }),
    { numRuns: 2000 },
  );
});

t.test('a million brackets neither overflow nor take long', async (t) => {
  t.equal(brokenAt('['.repeat(1_000_000)), 1_000_000);
});

t.test('lines and columns count from one', async (t) => {
  t.strictSame(lineAndColumn('{\n  "a": ]', 9), { line: 2, column: 8 });
  t.strictSame(lineAndColumn('x', 0), { line: 1, column: 1 });
});
