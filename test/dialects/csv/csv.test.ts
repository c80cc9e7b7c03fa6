// CSV by the mapping of a bank: headings or numbers, every way of writing days and amounts, and what is refused where.
import { Value } from 'typebox/value';
import t from 'tap';
import { CsvMappingSchema, type CsvMapping } from '../../../src/reconciliation/index.ts';
import { faultOf, headsOf, linesOf, partsOf } from '../../support/statements.ts';

const BASE: CsvMapping = {
  delimiter: ';',
  columns: { date: 'Date', amount: 'Amount', text: ['Text'] },
  dateFormat: 'dd/MM/yyyy',
  decimalSign: '.',
  groupSign: ',',
  account: '0123 456',
  currency: 'OMR',
};
const minorOf = async (amount: string, more: Partial<CsvMapping> = {}) => {
  const file = `Date;Amount;Text\n01/03/2026;${amount};x\n`;
  const fault = await faultOf(file, { csv: { ...BASE, ...more } });
  return fault === 'read' ? (await linesOf(file, { csv: { ...BASE, ...more } }))[0]?.minor : fault;
};

t.test('amounts', async (t) => {
  const read: readonly [string, bigint, Partial<CsvMapping>?][] = [
    ['12.5', 12_500n],
    ['1,234,567.891', 1_234_567_891n],
    ['-12', -12_000n],
    ['12-', -12_000n],
    ['(12.000)', -12_000n],
    ['+12.0000', 12_000n],
    ['\u2212 12', -12_000n],
    ['١٢٫٥', 12_500n],
    ['١٬٢٣٤٫٥', 1_234_500n],
    ['\u200f-۱۲.۵\u200f', -12_500n],
    ['1.234,5', 1_234_500n, { decimalSign: ',', groupSign: '.' }],
    ["1'234.5", 1_234_500n, { groupSign: "'" }],
    ['1\u00a0234.5', 1_234_500n, { groupSign: ' ' }],
    ['1,500', 1500n, { currency: 'JPY' }],
  ];
  for (const [text, minor, more] of read) t.equal(await minorOf(text, more), minor, text);
  const refused = [
    '',
    '1.2.3',
    '12,5',
    '1,23,456',
    '--1',
    '(1',
    '-(1)',
    '1e3',
    '=1+1',
    'OMR 1',
    '1.0001',
    '0x1',
    '9'.repeat(20),
  ];
  for (const text of refused) t.match(await minorOf(text), /^line 2: /, text);
});

t.test('days', async (t) => {
  const days: readonly [CsvMapping['dateFormat'], string][] = [
    ['yyyy-MM-dd', '2026-03-01'],
    ['dd/MM/yyyy', '01/03/2026'],
    ['dd/MM/yyyy', '1/3/2026 14:05'],
    ['dd/MM/yyyy', '٠١/٠٣/٢٠٢٦'],
    ['dd.MM.yyyy', '01.03.2026'],
    ['dd-MM-yyyy', '01-03-2026'],
    ['yyyyMMdd', '20260301'],
  ];
  for (const [dateFormat, text] of days)
    t.match(
      await linesOf(`Date;Amount;Text\n${text};1;x`, { csv: { ...BASE, dateFormat } }),
      [{ bookedOn: '2026-03-01' }],
      text,
    );
  for (const text of ['', '2026-03-01', '31/02/2026', '01/13/2026'])
    t.match(await faultOf(`Date;Amount;Text\n${text};1;x`, { csv: BASE }), /^line 2: /, text);
});

t.test('columns of every kind', async (t) => {
  const csv: CsvMapping = {
    delimiter: ',',
    skipLines: 2,
    columns: {
      date: 'التاريخ',
      valueDate: 'Value Date',
      credit: 'Credit',
      debit: 'Debit',
      reference: 'Ref',
      code: 'Type',
      text: ['Details', 'More'],
      counterparty: 'Name',
      counterpartyAccount: 'From',
    },
    dateFormat: 'dd/MM/yyyy',
    decimalSign: '.',
    account: 'A1',
  };
  const heading = ' التاريخ ,VALUE  date,Credit,Debit,Ref,Type,Details,More,Name,From';
  const file = `Bank of X\n"open quote\n${heading}\n01/03/2026,02/03/2026,5.5,0.000,R1,TRF,"a, ""b""\nc",d,شركة,OM81 0180\n\n02/03/2026,,,-2,,,x,,,=1+1\n`;
  t.match(await linesOf(file, { csv, currencyOf: () => 'OMR' }), [
    {
      entry: 1,
      minor: 5500n,
      bookedOn: '2026-03-01',
      valuedOn: '2026-03-02',
      bankReference: 'R1',
      code: 'TRF',
      text: 'a, "b" c\nd',
      counterparty: 'شركة',
      counterpartyAccount: 'OM810180',
      place: 'line 4',
    },
    {
      entry: 2,
      minor: -2000n,
      valuedOn: null,
      bankReference: null,
      text: 'x',
      counterpartyAccount: null,
      place: 'line 7',
    },
  ]);
  t.match(await faultOf(file, { csv }), /^line 4: nothing says in which currency the account \*\* is/);
  const byNumber: CsvMapping = {
    ...BASE,
    hasHeading: false,
    columns: { date: 1, amount: 2, sign: 3, account: 4 },
    account: undefined,
  };
  t.match(await partsOf('01/03/2026;1;CR;A\n01/03/2026;1;dr;A\n01/03/2026;2;C;B\n', { csv: byNumber }), [
    { head: { account: 'A', form: 'notification', reference: '2026-03-01' } },
    { line: { minor: 1000n } },
    { line: { minor: -1000n } },
    { tail: { closing: null } },
    { head: { account: 'B' } },
    { line: { minor: 2000n, entry: 1 } },
    {},
  ]);
  t.match(await faultOf('01/03/2026;1;?;A', { csv: byNumber }), /^line 1: its sign "\?" is neither/);
  t.match(
    await faultOf('01/03/2026;1;C;A\n01/03/2026;1;C;B\n01/03/2026;1;C;A', { csv: byNumber }),
    /^line 3: rows of the account \* stand in two places/,
  );
});

t.test('a running balance makes a statement of it', async (t) => {
  const csv: CsvMapping = { ...BASE, columns: { ...BASE.columns, balance: 'Balance' } };
  const rows = ['01/03/2026;1;x;11', '02/03/2026;-3;y;8', '02/03/2026;2;z;10'];
  const file = (each: readonly string[]) => ['Date;Amount;Text;Balance', ...each].join('\n');
  const parts = [
    { head: { form: 'statement', account: '0123456', opening: { minor: 10_000n, on: null } } },
    { line: { entry: 1, minor: 1000n } },
    { line: { minor: -3000n } },
    { line: { minor: 2000n } },
    { tail: { closing: { minor: 10_000n, on: '2026-03-02' } } },
  ];
  t.match(await partsOf(file(rows), { csv }), parts);
  t.match(
    await partsOf(file(rows.toReversed()), { csv: { ...csv, newestFirst: true } }),
    parts,
    'the latest first',
  );
  t.match(
    await faultOf(file(rows.toReversed()), { csv }),
    /^line 3: 10\.000 and -3\.000 make 7\.000, but its balance is 8\.000/,
  );
  t.match(await faultOf(file(['01/03/2026;1;x;']), { csv }), /^line 2: it says no balance/);
});

t.test('a quote inside a cell that does not begin with one is text', async (t) => {
  const texts = ['VIR "AL NOOR" CO', 'a 5" pipe', 'x"', '"a ""b"";c"', '"two\nlines"'];
  const rows = texts.map((text) => `01/03/2026;1;${text}\n`).join('');
  const lines = await linesOf(`Date;Amount;Text\n${rows}`, { csv: BASE });
  t.strictSame(
    lines.map(({ text }) => text),
    ['VIR "AL NOOR" CO', 'a 5" pipe', 'x"', 'a "b";c', 'two lines'],
  );
});

t.test('a bad file is refused with the place of its fault', async (t) => {
  const cases: readonly [string, RegExp][] = [
    ['Day;Amount;Text\n', /^line 1: there is no column with the heading "Date"/],
    ['Date;Amount;Text;date\n', /^line 1: two columns have the heading "Date"/],
    ['Date;Amount;Text\n', /^the file: it has no rows/],
    ['Date;Amount;Text\n01/03/2026;1', /^line 2: it has 2 cells, the column 3 is missing/],
    ['Date;Amount;Text\n01/03/2026;1;x;y', /^line 2: it has 4 cells, the first row has 3/],
    ['Date;Amount;Text\n01/03/2026;1;"x" y', /^line 2: a quoted cell goes on after its closing quote/],
    ['Date;Amount;Text\n01/03/2026;1;"x\n02/03/2026;2;y', /^line 2: a quote is opened and not closed/],
  ];
  for (const [text, fault] of cases) t.match(await faultOf(text, { csv: BASE }), fault);
  t.equal(await faultOf('Date;Amount;Text\n01/03/2026;1;x;;', { csv: BASE }), 'read', 'empty cells behind');
  const mappings: readonly [Partial<CsvMapping>, RegExp][] = [
    [{ groupSign: '.' }, /one sign cannot divide/],
    [{ hasHeading: false }, /without a heading there is no column Date/],
    [{ columns: { date: 'Date' } }, /either a column of amounts/],
    [{ columns: { date: 'Date', credit: 'Amount' } }, /credits and debits only/],
    [{ currency: 'XXX' }, /no currency/],
  ];
  for (const [more, fault] of mappings)
    t.match(await faultOf('Date;Amount;Text\n', { csv: { ...BASE, ...more } }), fault);
  t.match(await headsOf('Date;Amount;Text\n01/03/2026;1;x', { csv: BASE }), [{ form: 'notification' }]);
});

t.test('the schema takes what is read', async (t) => {
  t.ok(Value.Check(CsvMappingSchema, BASE));
  for (const wrong of [
    { delimiter: ',,' },
    { dateFormat: 'MM/dd' },
    { columns: {} },
    { decimalSign: '-' },
    { more: 1 },
  ])
    t.notOk(Value.Check(CsvMappingSchema, { ...BASE, ...wrong }));
});
