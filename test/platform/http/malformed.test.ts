// Whatever is wrong with a request, the answer is a 4xx problem document that points at the place. Nothing else.

import fc from 'fast-check';
import t from 'tap';
import { PROBLEM_TYPE, type ProblemDocument } from '../../../src/platform/http/index.ts';
import { GOOD, trial } from './trial-server.ts';

const { app } = trial();
t.teardown(() => app.close());

async function send(payload: unknown, headers: Record<string, string> = {}) {
  const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return app.inject({
    method: 'POST',
    url: '/v1/payments',
    payload: body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

function problemOf(response: Awaited<ReturnType<typeof send>>): ProblemDocument {
  return response.json<ProblemDocument>();
}

/** A change of the good document, and the pointer with a part of the sentence that must answer it. */
const documents: [what: string, body: unknown, pointer: string, says: RegExp][] = [
  ['null', null, '', /Send an object/],
  ['a list', [], '', /Send an object/],
  ['a number', 1, '', /Send an object/],
  ['nothing in it', {}, '/reference', /Add “reference”/],
  ['an unknown field', { ...GOOD, extra: 1 }, '/extra', /Remove “extra”/],
  ['an unknown field to escape', { ...GOOD, 'a/b~c': 1 }, '/a~1b~0c', /Remove “a\/b~c”/],
  ['an unknown field inside', { ...GOOD, bills: [{ ...GOOD.bills[0], x: 1 }] }, '/bills/0/x', /Remove “x”/],
  ['a field missing inside', { ...GOOD, bills: [{ billNumber: 'b' }] }, '/bills/0/amount', /Add “amount”/],
  ['a number for a string', { ...GOOD, reference: 1 }, '/reference', /Send a string/],
  ['a string for a number', { ...GOOD, count: '2' }, '/count', /Send a whole number/],
  ['null for a string', { ...GOOD, method: null }, '/method', /one of: cash, card/],
  ['another pattern', { ...GOOD, reference: 'a b' }, '/reference', /pattern/],
  ['no such value', { ...GOOD, method: 'gold' }, '/method', /one of: cash, card/],
  ['an empty list', { ...GOOD, bills: [] }, '/bills', /at least 1/],
  [
    'a list too long',
    { ...GOOD, bills: Array.from({ length: 501 }, () => GOOD.bills[0]) },
    '/bills',
    /at most 500/,
  ],
  [
    'an empty string',
    { ...GOOD, bills: [{ ...GOOD.bills[0], billNumber: '' }] },
    '/bills/0/billNumber',
    /at least 1/,
  ],
  [
    'a string too long',
    { ...GOOD, bills: [{ ...GOOD.bills[0], billNumber: 'x'.repeat(65) }] },
    '/bills/0/billNumber',
    /at most 64/,
  ],
  ['a day that does not exist', { ...GOOD, dueOn: '2026-02-30' }, '/dueOn', /YYYY-MM-DD/],
  ['too small', { ...GOOD, count: 0 }, '/count', /1 or more/],
  ['too large', { ...GOOD, count: 10 }, '/count', /less than 10/],
  ['no multiple', { ...GOOD, count: 3 }, '/count', /multiple of 2/],
  ['repeated', { ...GOOD, tags: ['a', 'a'] }, '/tags', /entries 0 and 1/],
  ['a union of values', { ...GOOD, side: 'up' }, '/side', /one of: left, right/],
  ['a union of types', { ...GOOD, either: 1 }, '/either', /a string or null/],
  [
    'a union of forms, the first meant',
    { ...GOOD, bills: [{ billNumber: 'b', amount: { value: 1, currency: 'OMR' } }] },
    '/bills/0/amount/value',
    /Send a string/,
  ],
  [
    'a union of forms, the second meant',
    { ...GOOD, bills: [{ billNumber: 'b', amount: { min: GOOD.bills[0]?.amount, max: 1 } }] },
    '/bills/0/amount/max',
    /Send an object/,
  ],
];

for (const [what, body, pointer, says] of documents) {
  t.test(what, async (t) => {
    const response = await send(body);
    const problem = problemOf(response);
    t.equal(response.statusCode, 400);
    t.equal(response.headers['content-type'], PROBLEM_TYPE);
    t.match(problem, {
      code: 'malformed-request',
      type: '/problems/malformed-request',
      status: 400,
      retry: 'never',
    });
    const found = problem.errors?.find((error) => error.pointer === pointer);
    t.match(found?.detail ?? JSON.stringify(problem.errors), says);
  });
}

const bytes: [
  what: string,
  body: string | Buffer,
  headers: Record<string, string>,
  status: number,
  pointer: string | undefined,
  says: RegExp,
][] = [
  ['no body', '', {}, 400, '', /empty/],
  ['broken JSON', '{"reference": "a",\n "bills" []}', {}, 400, '', /line 2, column 10/],
  ['cut JSON', '{"reference": "a', {}, 400, '', /line 1, column 17/],
  ['two documents', '{} {}', {}, 400, '', /line 1, column 4/],
  ['a byte order mark', '\ufeff{}', {}, 400, '', /line 1, column 1/],
  ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), {}, 400, '', /UTF-8/],
  ['UTF-16', Buffer.from('{}', 'utf16le'), {}, 400, '', /JSON/],
  ['__proto__', '{"__proto__": {"method": "cash"}}', {}, 400, '/__proto__', /Remove the field/],
  [
    '__proto__ in disguise',
    '{"bills": [{"\\u005f_pr\\u006fto__": 1}]}',
    {},
    400,
    '/bills/0/__proto__',
    /Remove the field/,
  ],
  ['deep nesting', '['.repeat(200_000) + ']'.repeat(200_000), {}, 400, '', /Send an object/],
  ['deep nesting, unclosed', '{"a":'.repeat(100_000), {}, 400, '', /JSON/],
  [
    'deep nesting of objects',
    `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`,
    {},
    400,
    '/reference',
    /Add/,
  ],
  [
    'deep nesting in a field',
    JSON.stringify(GOOD).replace('"cash"', '['.repeat(50_000) + ']'.repeat(50_000)),
    {},
    400,
    '/method',
    /one of/,
  ],
  ['a field name of a megabyte', `{"${'n'.repeat(1_000_000)}":1}`, {}, 400, `/${'n'.repeat(100)}…`, /Remove/],
  [
    'half a million wrong entries',
    JSON.stringify({ ...GOOD, bills: Array.from({ length: 400_000 }, () => 0) }),
    {},
    400,
    '/bills',
    /at most 500/,
  ],
  ['too large', `"${'x'.repeat(1024 * 1024)}"`, {}, 413, undefined, /1048576 bytes/],
  ['plain text', JSON.stringify(GOOD), { 'content-type': 'text/plain' }, 415, undefined, /application\/json/],
  [
    'a form',
    'reference=a',
    { 'content-type': 'application/x-www-form-urlencoded' },
    415,
    undefined,
    /application\/json/,
  ],
  [
    'no sense in the type',
    JSON.stringify(GOOD),
    { 'content-type': '/' },
    415,
    undefined,
    /application\/json/,
  ],
  [
    'another charset',
    JSON.stringify(GOOD),
    { 'content-type': 'application/json; charset=iso-8859-1' },
    415,
    undefined,
    /UTF-8/,
  ],
  ['compressed', JSON.stringify(GOOD), { 'content-encoding': 'gzip' }, 415, undefined, /uncompressed/],
];

for (const [what, body, headers, status, pointer, says] of bytes) {
  t.test(what, async (t) => {
    const response = await send(body, headers);
    const problem = problemOf(response);
    t.equal(response.statusCode, status);
    t.equal(response.headers['content-type'], PROBLEM_TYPE);
    t.equal(problem.status, status);
    if (pointer === undefined) t.match(problem.detail, says);
    else
      t.match(
        problem.errors?.find((error) => error.pointer === pointer)?.detail ??
          JSON.stringify(problem.errors).slice(0, 300),
        says,
      );
    t.ok(response.body.length < 5000, 'the answer stays short');
  });
}

t.test('several faults are told at once, at most twenty', async (t) => {
  const two = problemOf(await send({ ...GOOD, method: 'gold', count: 0, reference: '' }));
  t.strictSame(two.errors?.map(({ pointer }) => pointer).sort(), ['/count', '/method', '/reference']);
  const many = problemOf(await send(Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`x${n}`, 1]))));
  t.equal(many.errors?.length, 20);
});

t.test('the good document passes, in every spelling of its type', async (t) => {
  const length = Buffer.byteLength(JSON.stringify(GOOD));
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'Application/JSON',
  ]) {
    const response = await send(GOOD, { 'content-type': type });
    t.equal(response.statusCode, 201, type);
    t.strictSame(response.json(), { bytes: length }, 'the handler has the bytes');
  }
  t.equal((await send(GOOD, { 'content-encoding': 'identity' })).statusCode, 201);
});

t.test('query and path are converted, and told by name', async (t) => {
  const get = (url: string) => app.inject({ url });
  t.strictSame((await get('/v1/payments/7?limit=5&all=true')).json(), { id: 7, limit: 5, all: true });
  t.strictSame((await get('/v1/payments/7')).json(), { id: 7, limit: 100 });
  const cases: [url: string, pointer: string, says: RegExp][] = [
    ['/v1/payments/x', '/id', /whole number. In the path/],
    ['/v1/payments/7?limit=x', '/limit', /whole number. In the query/],
    ['/v1/payments/7?limit=0', '/limit', /1 or more/],
    ['/v1/payments/7?limit=1&limit=2', '/limit', /whole number/],
    ['/v1/payments/7?Limit=1', '/Limit', /Remove/],
    ['/v1/payments/%zz', '', /percent sign/],
    [`/v1/payments/${'1'.repeat(300)}`, '', /too long/],
  ];
  for (const [url, pointer, says] of cases) {
    const response = await get(url);
    t.equal(response.statusCode, 400, url);
    t.match(
      response.json<ProblemDocument>().errors?.find((error) => error.pointer === pointer)?.detail ??
        response.body,
      says,
      url,
    );
  }
});

t.test('no document at all brings a 5xx', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.jsonValue().map((extra) => JSON.stringify({ ...GOOD, count: extra })),
      ),
      async (body) => {
        const response = await send(body);
        return (
          response.statusCode === 201 ||
          (response.statusCode === 400 && (problemOf(response).errors?.length ?? 0) > 0)
        );
      },
    ),
    { numRuns: 500 },
  );
  t.pass('500 documents');
});
