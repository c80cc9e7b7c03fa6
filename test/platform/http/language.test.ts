// Accept-Language, as clients really send it and as nobody should.

import t from 'tap';
import { negotiate } from '../../../src/platform/http/index.ts';

const cases: [header: string | undefined, language: string][] = [
  [undefined, 'en'],
  ['', 'en'],
  ['ar', 'ar'],
  ['ar-OM', 'ar'],
  ['FR-dz', 'fr'],
  ['de', 'en'],
  ['de, fr;q=0.3', 'fr'],
  ['en;q=0.5, ar;q=0.9', 'ar'],
  ['fr, ar', 'fr'],
  ['ar, fr', 'ar'],
  ['ar;q=0', 'en'],
  ['en;q=0, *', 'fr'],
  ['*', 'en'],
  ['*;q=0', 'en'],
  ['de-DE,de;q=0.9,ar;q=0.8,en;q=0.7', 'ar'],
  ['ar ; q=0.8 , fr ; q=0.9', 'fr'],
  ['fr;q=nonsense, ar;q=0.1', 'ar'],
  [',;,=;q', 'en'],
  [`${'x,'.repeat(10_000)}ar`, 'en'],
];

for (const [header, language] of cases) {
  t.test(`${header?.slice(0, 40) ?? 'no header'} → ${language}`, async (t) =>
    t.equal(negotiate(header), language),
  );
}

t.test('millions of different headers do not fill the memory', async (t) => {
  for (let n = 0; n < 20_000; n += 1) negotiate(`fr;q=0.${n}`);
  t.equal(negotiate('ar'), 'ar');
});
