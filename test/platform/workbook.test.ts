// Workbooks read by another program: any text, any amount; sheets that are full go on in the next one.
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import t from 'tap';
import {
  columnName,
  dateSerial,
  inSheets,
  instantSerial,
  writeWorkbook,
  type Row,
  type Sheet,
} from '../../src/platform/files/index.ts';

async function readBack(
  sheets: Iterable<Sheet> | AsyncIterable<Sheet>,
  rightToLeft = false,
): Promise<ExcelJS.Workbook> {
  const bytes = await buffer(
    Readable.from(writeWorkbook({ title: 'x', madeAt: new Date(0), rightToLeft, scale: 3, sheets })),
  );
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes.buffer);
  return book;
}

const sheet = (rows: Row[]): Sheet => ({ name: 'a', widths: [10], frozenRows: 0, rows });

t.test('text comes back as it was, once or often, whatever it looks like', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 20 }),
      async (texts) => {
        const book = await readBack([sheet(texts.map((text) => [{ text }, { text, repeats: true }]))]);
        return texts.every((text, i) =>
          ['A', 'B'].every(
            (column) => (book.worksheets[0]?.getCell(`${column}${i + 1}`).value ?? '') === text,
          ),
        );
      },
    ),
    { numRuns: 30 },
  );
  const book = await readBack([sheet([[{ text: '=1+1' }, { text: '<&"> \u0001x' }]])]);
  t.equal(book.worksheets[0]?.getCell('A1').value, '=1+1');
  t.equal(book.worksheets[0]?.getCell('B1').value, '<&"> x', 'what XML cannot hold is left out');
  const long = 'ح'.repeat(150_000);
  const rows: Row[] = [[{ text: long }], [], [{ text: 'x' }, undefined, { text: long }]];
  t.equal((await readBack([sheet(rows)])).worksheets[0]?.getCell('C3').value, long, 'longer than a piece');
});

t.test('numbers, dates, formulas and directions', async (t) => {
  const book = await readBack(
    [
      sheet([
        [
          { number: '-31505.250', style: 'money' },
          { number: dateSerial('2026-11-22'), style: 'date' },
          { number: instantSerial('2026-11-22T16:00:01+04:00'), style: 'instant' },
          { formula: 'SUM(A1:A1)', number: '-31505.250', style: 'money-total' },
        ],
      ]),
    ],
    true,
  );
  const [first] = book.worksheets;
  t.equal(first?.getCell('A1').value, -31505.25);
  t.same(first?.getCell('B1').value, new Date('2026-11-22T00:00:00Z'));
  t.same(first?.getCell('C1').value, new Date('2026-11-22T16:00:01Z'));
  t.match(first?.getCell('D1'), { formula: 'SUM(A1:A1)', result: -31505.25 });
  t.equal(first?.views[0]?.rightToLeft, true);
});

t.test(
  'on paper: across, as wide as the page, heads on every page, large where much stands beside each other',
  async (t) => {
    const rows: Row[] = [[{ text: 'Amount of what was paid & kept', style: 'header' }], [{ number: '1' }]];
    const narrow = (await readBack([{ name: "it's", widths: [12], frozenRows: 1, rows }])).worksheets[0];
    t.match(narrow?.pageSetup, { orientation: 'landscape', fitToPage: true, fitToWidth: 1, paperSize: 9 });
    t.equal(narrow?.pageSetup.printTitlesRow, '1:1');
    t.match(narrow?.headerFooter.oddFooter, '&Lx&R&P / &N');
    t.ok((narrow?.getRow(1).height ?? 0) > 40, 'the head has room for its lines');
    const wide = (await readBack([{ name: 'a', widths: Array(30).fill(12), frozenRows: 0, rows }]))
      .worksheets[0];
    t.equal(wide?.pageSetup.paperSize, 8);
    t.equal(wide?.pageSetup.printTitlesRow, undefined);
  },
);

t.test('rows beyond the last go on in further sheets', async (t) => {
  async function* numbers(count: number) {
    for (let i = 1; i <= count; i++) yield i;
  }
  async function* sheets(count: number): AsyncGenerator<Sheet> {
    for await (const lot of inSheets(numbers(count), 1, 4)) {
      const rows = (async function* (): AsyncGenerator<Row> {
        yield [{ text: 'head' }];
        for await (const n of lot) yield [{ number: String(n) }];
      })();
      yield { name: 'a/b', widths: [10], frozenRows: 1, rows };
    }
  }
  const book = await readBack(sheets(7));
  t.same(
    book.worksheets.map((each) => [each.name, each.getColumn(1).values.slice(1)]),
    [
      ['a b', ['head', 1, 2, 3]],
      ['a b 2', ['head', 4, 5, 6]],
      ['a b 3', ['head', 7]],
    ],
  );
  t.equal((await readBack(sheets(0))).worksheets.length, 1, 'nothing is one empty sheet');
  t.equal((await readBack(sheets(3))).worksheets.length, 1);
});

t.test('columns by name', async (t) => {
  t.same([0, 25, 26, 51, 52, 701, 702].map(columnName), ['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA']);
});
