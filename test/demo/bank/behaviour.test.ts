// The page of the demo bank says what its accounts do: numbers that Wasit takes, of every behaviour.
import fs from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { behaviourOf } from '../../../src/demo/bank/behaviour.ts';
import { readAccountNumber } from '../../../src/kernel/bank-account-number.ts';

t.test('the page has accounts with right check digits, three of a kind that do the same', async (t) => {
  const page = await fs.readFile(path.join(import.meta.dirname, '../../../docs/demo-bank.md'), 'utf8');
  const rows = page.split('\n').filter((line) => /^\| (others|`\d\d`) /.test(line));
  t.equal(rows.length, 10);
  const seen = new Set<string>();
  for (const row of rows) {
    const numbers = [...row.matchAll(/`((?:OM)?\d{20,})`/g)].map(([, number = '']) => number);
    t.equal(numbers.length, 3, row);
    for (const number of numbers) t.hasProp(readAccountNumber(number), 'kind', number);
    const [first, ...others] = numbers.map((number) => behaviourOf(number));
    for (const other of others) t.equal(other, first);
    seen.add(JSON.stringify(first));
    const codes = [...row.matchAll(/`([A-Z]{2}\d{2})`/g)].map(([, code = '']) => code);
    for (const code of codes.filter((each) => each !== 'MD13')) t.match(JSON.stringify(first), code);
  }
  t.equal(seen.size, 10);
});
