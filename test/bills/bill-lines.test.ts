// Reading bill files without a database: every kind of bad line beside good ones, whatever pieces the bytes come in.
import fc from 'fast-check';
import t from 'tap';
import { billLines } from '../../src/bills/bill-lines.ts';
import type { LineFormat } from '../../src/platform/http/index.ts';
import type { BillerSettings } from '../../src/bills/read-bill-body.ts';
import { UnreadableFile } from '../../src/platform/intake/index.ts';

const OM: BillerSettings = {
  currency: 'OMR',
  policy: 'at-least',
  units: new Set(['muscat']),
  budgetLines: new Set(['70/1201', '70', '70/1', '70/2']),
  services: new Map([['basic', {}]]),
};
const BETWEEN: BillerSettings = { ...OM, currency: 'EGP', policy: 'between' };
const HEADER =
  'billNumber,payerId,payerName,description,amount,currency,dueOn,expiresOn,unit,service,budgetLine,version';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** `line:ok` or `line:code:field` of every line. */
async function outcomes(
  format: LineFormat,
  file: string | Buffer,
  biller = OM,
  size = 1 << 16,
): Promise<string[]> {
  const told: string[] = [];
  for await (const lines of billLines(format, pieces(Buffer.from(file), size), biller)) {
    for (const entry of lines) {
      told.push(
        'bill' in entry ? `${entry.line}:ok` : `${entry.line}:${entry.reject.code}:${entry.reject.field}`,
      );
    }
  }
  return told;
}

const GOOD = 'B1,P1,شركة النور,Due,1.500,OMR,2026-12-31,,,,,';

void t.test('CSV, a line at a time', async (t) => {
  const cases: [string, string, string][] = [
    ['good', GOOD, 'ok'],
    ['all columns', 'B1,P1,Name,Due,1.500,OMR,2026-12-31,2027-01-31,muscat,basic,70/1201,3', 'ok'],
    ['quoted', '"B1","P1","Al Noor, ""Ltd""","Due",1.500,OMR,2026-12-31,,,,,', 'ok'],
    ['too few fields', 'B1,P1,Name,Due,1.500,OMR,2026-12-31', 'malformed-request:'],
    ['too many fields', `${GOOD},x`, 'malformed-request:'],
    ['stray quote', 'B1,P1,Na"me,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:'],
    ['text after a quote', 'B1,P1,"Na"me,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:'],
    ['no number', ',P1,Name,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:billNumber'],
    ['a slash in the number', 'B/1,P1,Name,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:billNumber'],
    ['a formula as number', '=1+1,P1,Name,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:billNumber'],
    ['a formula as payer', 'B1,=1+1,Name,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:payerId'],
    ['no name', 'B1,P1,,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:payerName'],
    ['a NUL in the name', 'B1,P1,Na\u0000me,Due,1.500,OMR,2026-12-31,,,,,', 'malformed-request:payerName'],
    ['a tab in the text', 'B1,P1,Name,D\tue,1.500,OMR,2026-12-31,,,,,', 'malformed-request:description'],
    ['a long name', `B1,P1,${'x'.repeat(201)},Due,1.500,OMR,2026-12-31,,,,,`, 'malformed-request:payerName'],
    [
      '200 characters beyond the first plane',
      `B1,P1,${'😀'.repeat(200)},Due,1.500,OMR,2026-12-31,,,,,`,
      'ok',
    ],
    ['two decimals', 'B1,P1,Name,Due,1.50,OMR,2026-12-31,,,,,', 'malformed-request:amount'],
    ['nothing owed', 'B1,P1,Name,Due,0.000,OMR,2026-12-31,,,,,', 'malformed-request:amount'],
    ['negative', 'B1,P1,Name,Due,-1.000,OMR,2026-12-31,,,,,', 'malformed-request:amount'],
    ['exponent', 'B1,P1,Name,Due,1e3,OMR,2026-12-31,,,,,', 'malformed-request:amount'],
    ['too large', 'B1,P1,Name,Due,9999999999999.000,OMR,2026-12-31,,,,,', 'malformed-request:amount'],
    ['other currency', 'B1,P1,Name,Due,1.50,QAR,2026-12-31,,,,,', 'currency-mismatch:currency'],
    ['no currency', 'B1,P1,Name,Due,1.500,omr,2026-12-31,,,,,', 'malformed-request:currency'],
    ['no such day', 'B1,P1,Name,Due,1.500,OMR,2026-02-30,,,,,', 'malformed-request:dueOn'],
    [
      'expires before due',
      'B1,P1,Name,Due,1.500,OMR,2026-12-31,2026-12-30,,,,',
      'malformed-request:expiresOn',
    ],
    ['unknown unit', 'B1,P1,Name,Due,1.500,OMR,2026-12-31,,sur,,,', 'unit-not-found:unit'],
    ['unknown service', 'B1,P1,Name,Due,1.500,OMR,2026-12-31,,,gold,,', 'service-not-found:service'],
    ['no such line', 'B1,P1,Name,Due,1.500,OMR,2026-12-31,,,,70/3,', 'budget-line-not-found:budgetLine'],
    ['version with a sign', 'B1,P1,Name,Due,1.500,OMR,2026-12-31,,,,,-1', 'malformed-request:version'],
    [
      'version too large',
      'B1,P1,Name,Due,1.500,OMR,2026-12-31,,,,,9007199254740993',
      'malformed-request:version',
    ],
  ];
  for (const [name, line, expected] of cases) {
    t.same(await outcomes('csv', `${HEADER}\n${line}\n`), [`2:${expected}`], name);
  }
});

void t.test('NDJSON, a line at a time', async (t) => {
  const body = {
    billNumber: 'B1',
    payerId: 'P1',
    payerName: 'Name',
    description: 'Due',
    amount: { value: '1.500', currency: 'OMR' },
    dueOn: '2026-12-31',
  };
  const cases: [string, object | string, string][] = [
    ['good', body, 'ok'],
    [
      'everything',
      {
        ...body,
        expiresOn: '2027-01-31',
        version: 2,
        penalty: [
          { flat: '0.500', every: 'once' },
          { percent: '1.5', every: 'month', fromDay: 31, ceiling: { percent: '24' } },
        ],
        lines: [
          { budgetLine: '70/1', amount: { value: '1.000', currency: 'OMR' } },
          { budgetLine: '70/2', amount: { value: '0.500', currency: 'OMR' } },
        ],
        unit: 'muscat',
        service: 'basic',
        budgetLine: '70',
        payer: { mobile: '+96824123456', email: 'a@example.com', language: 'ar' },
      },
      'ok',
    ],
    ['no JSON', '{"billNumber":', 'malformed-request:'],
    ['a list', '[]', 'malformed-request:'],
    ['a field too many', { ...body, colour: 'red' }, 'malformed-request:colour'],
    [
      'a field too many within',
      { ...body, amount: { value: '1.500', currency: 'OMR', x: 1 } },
      'malformed-request:amount',
    ],
    ['no payer', { ...body, payerId: undefined }, 'malformed-request:payerId'],
    ['a number for money', { ...body, amount: { value: 1.5, currency: 'OMR' } }, 'malformed-request:amount'],
    ['a control character', { ...body, payerName: 'a\u0007' }, 'malformed-request:payerName'],
    [
      'half a surrogate',
      '{"billNumber":"B1","payerId":"P1","payerName":"\\ud800","description":"D","amount":{"value":"1.500","currency":"OMR"},"dueOn":"2026-12-31"}',
      'malformed-request:payerName',
    ],
    [
      'other currency',
      { ...body, amount: { value: '1.50', currency: 'QAR' } },
      'currency-mismatch:amount.currency',
    ],
    ['scale', { ...body, amount: { value: '1.50', currency: 'OMR' } }, 'malformed-request:amount.value'],
    [
      'open amount where the policy is another',
      { ...body, amount: { min: '1.000', max: '2.000', currency: 'OMR' } },
      'malformed-request:amount',
    ],
    [
      'lines that do not add up',
      { ...body, lines: [{ budgetLine: '70', amount: { value: '1.000', currency: 'OMR' } }] },
      'malformed-request:lines',
    ],
    [
      'a penalty of two kinds',
      { ...body, penalty: [{ flat: '1.000', percent: '1', every: 'once' }] },
      'malformed-request:penalty.0',
    ],
    [
      'a penalty of other scale',
      { ...body, penalty: [{ flat: '1.00', every: 'once' }] },
      'malformed-request:penalty.0.flat',
    ],
  ];
  for (const [name, line, expected] of cases) {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    t.same(await outcomes('ndjson', `${text}\n`), [`1:${expected}`], name);
  }
  const open = { ...body, amount: { min: '1.00', max: '20.00', step: '0.50', currency: 'EGP' } };
  t.same(await outcomes('ndjson', JSON.stringify(open), BETWEEN), ['1:ok'], 'an open amount under `between`');
  const upside = { ...open, amount: { min: '2.00', max: '1.00', currency: 'EGP' } };
  t.same(
    await outcomes('ndjson', JSON.stringify(upside), BETWEEN),
    ['1:malformed-request:amount.max'],
    'max below min',
  );
});

void t.test('lines are numbered as an editor numbers them', async (t) => {
  const spanning = 'B2,P1,"two\nlines",Due,1.500,OMR,2026-12-31,,,,,';
  const open = 'B3,P1,"never closed,Due,1.500,OMR,2026-12-31,,,,,';
  t.same(
    await outcomes('csv', `\ufeff${HEADER}\r\n${GOOD}\r\n\r\n${spanning}\r\n${GOOD}\r\n`),
    ['2:ok', '4:malformed-request:', '6:ok'],
    'blank and spanning lines',
  );
  t.same(
    await outcomes('csv', `${HEADER}\n${open}\n${GOOD}\n${GOOD}`),
    ['2:malformed-request:', '3:ok', '4:ok'],
    'an open quote spoils its own line only',
  );
  const far = `${GOOD}\n`.repeat(3000);
  const told = await outcomes('csv', `${HEADER}\n${open}\n${far}`);
  t.same(
    [told[0], told[1], told.length, told.filter((one) => one.endsWith(':ok')).length],
    ['2:malformed-request:', '3:ok', 3001, 3000],
    'also far from the end',
  );
});

void t.test('bytes that are no text, lines without an end', async (t) => {
  const bad = Buffer.concat([
    Buffer.from(`${HEADER}\n${GOOD}\nB2,P1,`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(`,Due,1.500,OMR,2026-12-31,,,,,\n${GOOD}\n`),
  ]);
  t.same(await outcomes('csv', bad), ['2:ok', '3:malformed-request:', '4:ok']);
  const long = `${HEADER}\n${'x'.repeat(200_000)}\n${GOOD}\n${'y'.repeat(70_000)}`;
  t.same(await outcomes('csv', long), ['2:malformed-request:', '3:ok', '4:malformed-request:']);
  await t.rejects(outcomes('csv', 'a,b\n1,2\n'), UnreadableFile);
  await t.rejects(outcomes('csv', '\n\n'), UnreadableFile);
  t.same(await outcomes('ndjson', '\n \n'), []);
});

void t.test('pieces of any size make no difference', async (t) => {
  const line = fc.constantFrom(
    GOOD,
    'B2,P1,"q, ""x""",Due,1.500,OMR,2026-12-31,,,,,',
    'B3,P1,"a\nb",Due,1.500,OMR,2026-12-31,,,,,',
    '',
    'x"y',
    '"open',
    'bad,line',
    `${GOOD}\r`,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      async (lines, size) => {
        const file = `${HEADER}\n${lines.join('\n')}\n`;
        t.strictSame(await outcomes('csv', file, OM, size), await outcomes('csv', file));
      },
    ),
    { numRuns: 200 },
  );
});

void t.test('blank lines by the hundred thousand keep the numbers of those after them', async (t) => {
  const blank = '\n'.repeat(300_000);
  t.same(await outcomes('csv', `${HEADER}\n${blank}${GOOD}\n${blank}${GOOD}`), ['300002:ok', '600003:ok']);
  const slices = `x\n${blank}`;
  t.same(await outcomes('ndjson', `${slices}x`), ['1:malformed-request:', '300002:malformed-request:']);
});
