// An answer for all who ask within a moment.
import t from 'tap';
import { Moments } from '../../../src/desk/today/moments.ts';

t.test('made once for all who ask meanwhile, and again when its moment has passed', async (t) => {
  let now = 0;
  let made = 0;
  const moments = new Moments<number>(2_000, () => now);
  const make = async (): Promise<number> => ++made;
  t.same(await Promise.all([1, 2, 3].map(() => moments.get('a', make))), [1, 1, 1]);
  t.equal(await moments.get('b', make), 2, 'of each key its own');
  now = 1_999;
  t.equal(await moments.get('a', make), 1);
  now = 2_000;
  t.equal(await moments.get('a', make), 3);
});

t.test('a moment begins when the answer is there', async (t) => {
  let now = 0;
  let made = 0;
  let finish = (): void => undefined;
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const moments = new Moments<number>(2_000, () => now);
  const make = async (): Promise<number> => {
    await slow;
    return ++made;
  };
  const first = moments.get('a', make);
  now = 5_000;
  const second = moments.get('a', make);
  finish();
  t.same(await Promise.all([first, second]), [1, 1]);
  now = 6_999;
  t.equal(await moments.get('a', make), 1);
});

t.test('what failed is not kept, and everybody who waited hears of it', async (t) => {
  const moments = new Moments<number>(2_000, () => 0);
  const fail = async (): Promise<number> => {
    throw new Error('no database');
  };
  for (const ask of [moments.get('a', fail), moments.get('a', fail)]) await t.rejects(ask, /no database/);
  t.equal(await moments.get('a', async () => 7), 7);
});
