// Ids: what goes in comes out, in both spellings, and the shown form sorts by time as the uuid does.

import fc from 'fast-check';
import t from 'tap';
import { billerOf, newId, parseId, showId } from '../../src/kernel/ids.ts';

const anyMs = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const anyBiller = fc.integer({ min: 0, max: 0xffff });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

t.test('the spelling is fixed for ever', async (t) => {
  const id = '0199a3c1-2f00-004f-8123-456789abcdef';
  t.equal(showId('pay', id), 'pay_01k6hw2br0017r28t5cy4tqkff');
  t.equal(parseId('pay', 'pay_01k6hw2br0017r28t5cy4tqkff'), id);
  t.equal(billerOf(id), 79);
  t.equal(showId('stl', 'ffffffff-ffff-ffff-ffff-ffffffffffff'), 'stl_7zzzzzzzzzzzzzzzzzzzzzzzzz');
  t.equal(showId('evt', '00000000-0000-0000-0000-000000000000'), 'evt_00000000000000000000000000');
});

t.test('time and biller are inside, and showing loses nothing', async () => {
  fc.assert(
    fc.property(anyMs, anyBiller, (ms, biller) => {
      const id = newId(ms, biller);
      const time = Number.parseInt(id.slice(0, 13).replace('-', ''), 16);
      return (
        UUID.test(id) && time === ms && billerOf(id) === biller && parseId('pay', showId('pay', id)) === id
      );
    }),
    { numRuns: 2000 },
  );
});

t.test('any 128 bits survive', async () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (bits) => {
      const digits = bits.toString(16).padStart(32, '0');
      const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      return parseId('rev', showId('rev', id)) === id;
    }),
  );
});

t.test('a later millisecond sorts later, as uuid and as shown', async () => {
  fc.assert(
    fc.property(anyMs, anyMs, anyBiller, anyBiller, (one, other, b1, b2) => {
      fc.pre(one !== other);
      const [first, second] = [newId(Math.min(one, other), b1), newId(Math.max(one, other), b2)];
      return first < second && showId('pay', first) < showId('pay', second);
    }),
  );
});

t.test('no two are equal, also across refills of the pool', async (t) => {
  const made = new Set(Array.from({ length: 20_000 }, () => newId(1, 1)));
  t.equal(made.size, 20_000);
});

t.test('one id, one text', async (t) => {
  const refused = [
    'rev_01k6hw2br0017r28t5cy4tqkff',
    'pay-01k6hw2br0017r28t5cy4tqkff',
    'pay_01K6HW2BR0017R28T5CY4TQKFF',
    'pay_o1k6hw2br0017r28t5cy4tqkff',
    'pay_u1k6hw2br0017r28t5cy4tqkff',
    'pay_81k6hw2br0017r28t5cy4tqkff',
    'pay_01k6hw2br0017r28t5cy4tqkf',
    'pay_01k6hw2br0017r28t5cy4tqkfff',
    'pay_01k6hw2br0017r28t5cy4tqkf\n',
    'pay_',
    'pay',
    '',
    '0199a3c1-2f00-004f-8123-456789abcdef',
  ];
  for (const text of refused) t.equal(parseId('pay', text), undefined, JSON.stringify(text));
});

t.test('what does not fit its bits is refused', async (t) => {
  for (const [ms, biller] of [
    [-1, 1],
    [2 ** 48, 1],
    [1.5, 1],
    [Number.NaN, 1],
    [1, -1],
    [1, 0x10000],
    [1, 0.5],
  ] as const) {
    t.throws(() => newId(ms, biller), RangeError, `${ms}, ${biller}`);
  }
});
