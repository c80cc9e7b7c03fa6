// What an agency reads about a bad line: the same words for CSV and NDJSON, and never a regular expression.
import t from 'tap';
import { billLines } from '../../src/bills/bill-lines.ts';
import type { LineFormat } from '../../src/platform/http/index.ts';
import type { BillerSettings } from '../../src/bills/read-bill-body.ts';

const OM: BillerSettings = {
  currency: 'OMR',
  policy: 'at-least',
  units: new Set(['muscat']),
  budgetLines: new Set(['13/1']),
  services: new Map(),
};

async function* whole(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(file);
}

void t.test('NDJSON is told in the words of CSV, never in patterns', async (t) => {
  const details = async (format: LineFormat, file: string) => {
    for await (const lines of billLines(format, whole(file), OM))
      for (const entry of lines) if ('reject' in entry) return entry.reject.detail;
    return undefined;
  };
  const good = {
    billNumber: 'B1',
    payerId: 'P1',
    payerName: 'Name',
    description: 'Due',
    dueOn: '2026-12-31',
    expiresOn: '2026-12-31',
    unit: 'muscat',
  };
  const names = Object.keys(good) as (keyof typeof good)[];
  const amount = { value: '1.500', currency: 'OMR' };
  const bad: [keyof typeof good, string][] = [
    ['billNumber', 'a/b'],
    ['payerId', '=1'],
    ['payerName', 'a\u0007'],
    ['payerName', 'a\u202eb'],
    ['description', '\u2066a'],
    ['payerName', 'x'.repeat(201)],
    ['payerName', ''],
    ['description', 'x'.repeat(501)],
    ['dueOn', '2026-02-30'],
    ['dueOn', 'soon'],
    ['expiresOn', '1.1.2027'],
    ['unit', 'a b'],
  ];
  for (const [name, value] of bad) {
    const bill = { ...good, [name]: value };
    const csv = `${names.join()},amount,currency\n${names.map((each) => bill[each]).join()},1.500,OMR`;
    const told = await details('ndjson', JSON.stringify({ ...bill, amount }));
    t.match(told, /^must be /, `${name} ${value.slice(0, 10)}: ${told}`);
    t.equal(told, await details('csv', csv));
  }
  const others: [object, RegExp][] = [
    [{ payer: { mobile: '0912' } }, /\+96824123456/],
    [{ payer: { email: 'x' } }, /e-mail/],
    [{ payer: { language: 'de' } }, /one of ar, fr, en/],
    [{ penalty: [{ flat: '-1', every: 'day' }] }, /decimal string/],
    [{ penalty: [{ percent: 'x', every: 'day' }] }, /decimal string/],
    [{ payerId: 5 }, /must be string/],
  ];
  for (const [change, expected] of others) {
    const told = await details('ndjson', JSON.stringify({ ...good, amount, ...change }));
    t.match(told, expected);
    t.notMatch(told, /[\^$\\]/);
  }
});
