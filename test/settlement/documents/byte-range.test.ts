// Headers of conditional and partial requests as tables: given, expected.
import t from 'tap';
import { byteRange, isNamed, takesGzip } from '../../../src/settlement/documents/byte-range.ts';

t.test('ranges (RFC 9110 §14)', async (t) => {
  for (const [header, expected] of [
    [undefined, undefined],
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=90-200', { from: 90, to: 99 }],
    ['bytes=-1', { from: 99, to: 99 }],
    ['bytes=-500', { from: 0, to: 99 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=100-120', 'unsatisfiable'],
    ['bytes=5-3', undefined],
    ['bytes=0-1,3-4', undefined],
    ['lines=1-2', undefined],
    ['bytes=', undefined],
    ['bytes=-', undefined],
  ] as const)
    t.same(byteRange(header, 100), expected, String(header));
});

t.test('entity tags and codings', async (t) => {
  t.equal(isNamed('"a", W/"b"', '"b"'), true);
  t.equal(isNamed('*', '"b"'), true);
  t.equal(isNamed('"a"', '"b"'), false);
  t.equal(isNamed(undefined, '"b"'), false);
  t.equal(takesGzip('br, gzip'), true);
  t.equal(takesGzip('gzip;q=0'), false);
  t.equal(takesGzip('gzip;q=0.000, br'), false);
  t.equal(takesGzip('deflate'), false);
  t.equal(takesGzip(undefined), false);
});
