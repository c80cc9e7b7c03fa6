// A number of a query or a path is one only when it is written as one.
import t from 'tap';
import type { ProblemDocument } from '../../../src/platform/http/index.ts';
import { trial } from './trial-server.ts';

const { app } = trial();
t.teardown(() => app.close());

const TEXTS = 'Infinity -Infinity 1e400 1e2 %201 1%20 01 %2B1 0x1 1.0 -0 NaN'.split(' ');

const cases: [url: string, pointer: string, says: RegExp][] = [
  ...[...TEXTS, '', '9'.repeat(30)].map((text): [string, string, RegExp] => [
    `/v1/payments/7?limit=${text}`,
    '/limit',
    /whole number. In the query/,
  ]),
  ['/v1/payments/7?limit=-1', '/limit', /1 or more/],
  ['/v1/payments/07', '/id', /whole number. In the path/],
  ['/v1/payments/7?all=1', '/all', /true or false/],
];

for (const [url, pointer, says] of cases) {
  t.test(url, async (t) => {
    const response = await app.inject({ url });
    t.equal(response.statusCode, 400, response.body);
    t.match(response.json<ProblemDocument>().errors, [{ pointer, detail: says }]);
  });
}

t.test('what is one', async (t) => {
  t.strictSame((await app.inject({ url: '/v1/payments/7?limit=1000&all=false' })).json(), {
    id: 7,
    limit: 1000,
    all: false,
  });
});
