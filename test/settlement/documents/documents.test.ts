// The documents of a settled day: they say what the settlement says, read by programs of others, and are the same
// whoever makes them.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import ExcelJS from 'exceljs';
import t from 'tap';
import { formatMinor } from '../../../src/kernel/money.ts';
import { readSplits, type Split } from '../../../src/settlement/index.ts';
import { DOCUMENTS, type DocumentKey } from '../../../src/settlement/documents/document.ts';
import { documentBytes, makeDocuments } from '../../../src/settlement/documents/make-documents.ts';
import { readBytes } from '../../../src/settlement/documents/document-stream.ts';
import { findDocument, putChunk } from '../../../src/settlement/documents/store-documents.ts';
import { readReport } from '../../../src/settlement/documents/store-report.ts';
import { csvRows, keptBy, sumOf as sum } from '../../support/csv-rows.ts';
import { nodeArguments } from '../../support/node-arguments.ts';
import { aSettledDay, type SettledDay } from './a-settled-day.ts';

async function made(
  { world, batch }: SettledDay,
  format: DocumentKey['format'],
  language: DocumentKey['language'],
) {
  const report = await world.db.transaction((tx) => readReport(tx, 1, batch.settlementId));
  if (report === undefined) throw new Error('no report');
  return buffer(documentBytes(world.db, report, { format, language }));
}

async function totalOf({ world, batch }: SettledDay): Promise<Split> {
  const [total] = await world.db.transaction((tx) => readSplits(tx, 1, batch.settlementId));
  if (total === undefined) throw new Error('no total');
  return total;
}

/** With the decimals of the currency. */
const shown = (result: unknown): string => (typeof result === 'number' ? result.toFixed(3) : 'no number');

t.test('the detail adds up to the settlement, line by line', async (t) => {
  const day = await aSettledDay(t);
  const total = await totalOf(day);
  const rows = csvRows(await made(day, 'csv', 'en'));
  t.equal(sum(keptBy(rows, 'via-operator')), total.grossMinor - total.reversedMinor + total.adjustedMinor);
  t.equal(
    sum(keptBy(rows, 'direct')),
    total.directGrossMinor - total.directReversedMinor + total.directAdjustedMinor,
  );
  t.equal(sum(rows.filter((row) => row['credited'] !== '')), total.creditedMinor);
  t.equal(sum(rows, 'payerFee'), total.payerFeeMinor);
  t.equal(sum(rows, 'billerFee'), total.billerFeeMinor);
  t.equal(sum(rows, 'tax'), total.taxMinor);
  t.equal(sum(rows, 'commission'), total.commissionMinor);
  t.equal(
    rows.filter((row) => row['kind'] === 'payment').length,
    6,
    'two bills of one payment are two lines',
  );
  const [first, second] = rows.filter((row) => row['paymentId'] === day.payments.two);
  t.match(first, {
    billNumber: 'N-1',
    unit: 'north',
    amount: '10.000',
    payerFee: '0.200',
    channel: 'bank',
    method: 'cash',
  });
  t.match(
    second,
    { billNumber: 'S-1', amount: '5.001', payerFee: '0.000' },
    'the fee stands on the first line',
  );
  t.match(first?.['acceptedAt'], /^2026-11-22T12:0\d:\d\d\+04:00$/, 'local time');
  t.match(first?.['receiptNumber'], /^01-/);
  t.match(
    rows.find((row) => row['kind'] === 'reversal'),
    { paymentId: day.payments.reversed, amount: '-3.250' },
  );
});

t.test('what others wrote cannot become a formula, and numbers stay numbers', async (t) => {
  const day = await aSettledDay(t);
  const bytes = await made(day, 'csv', 'en');
  const rows = csvRows(bytes);
  const hostile = rows.find((row) => row['paymentId'] === day.payments.hostile);
  t.equal(hostile?.['outletId'], `'=HYPERLINK("http://x","فرع"),1`);
  t.equal(hostile?.['payerId'], `'=1+1`);
  const reversal = rows.find((row) => row['kind'] === 'reversal');
  t.equal(reversal?.['note'], `'@SUM(A1)`);
  t.equal(reversal?.['amount'], '-3.250');
  for (const row of rows)
    for (const [name, cell] of Object.entries(row))
      if (!/^-\d/.test(cell)) t.notMatch(cell, /^[=+\-@\t\r]/, name);
});

t.test(
  'the workbook is read by another program: typed cells, formulas with their results, right to left',
  async (t) => {
    const day = await aSettledDay(t);
    const total = await totalOf(day);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await made(day, 'xlsx', 'ar')).buffer);
    t.same(
      book.worksheets.map((sheet) => sheet.name),
      ['الملخص', 'التوزيعات', 'المدفوعات'],
    );
    for (const sheet of book.worksheets) t.equal(sheet.views[0]?.rightToLeft, true);
    const [summary, , payments] = book.worksheets;
    t.equal(summary?.getCell('B13').formula, 'SUM(B8:B12)');
    t.equal(shown(summary?.getCell('B13').result), formatMinor(day.batch.netMinor, 'OMR'));
    t.equal(payments?.getCell('P2').value, 10);
    t.equal(payments?.getCell('P2').numFmt, '#,##0.000');
    t.ok(payments?.getCell('C2').value instanceof Date, 'an instant is a date');
    t.equal(payments?.getCell('A2').value, day.payments.two);
    t.equal(payments?.getCell('M2').value, 'الشمال', 'a unit by its name');
    t.ok(payments?.getColumn('W').values.includes('الفاتورة مدفوعة'), 'a reason in words');
    t.equal(summary?.getCell('C2').value, 'الأحد 22 نوفمبر 2026');
    const outlets = payments?.getColumn('H').values ?? [];
    t.ok(outlets.includes('=HYPERLINK("http://x","فرع"),1'), 'text is text there, as it was');
    const last = payments?.rowCount ?? 0;
    t.equal(payments?.getCell(`Q${last}`).formula, `SUM(Q2:Q${last - 1})`);
    t.equal(shown(payments?.getCell(`Q${last}`).result), formatMinor(total.payerFeeMinor, 'OMR'));
  },
);

t.test('JSON has the whole settlement', async (t) => {
  const day = await aSettledDay(t);
  const document = JSON.parse((await made(day, 'json', 'en')).toString()) as Record<string, unknown>;
  t.match(document, {
    settlementId: day.shownId,
    businessDate: '2026-11-22',
    net: { value: formatMinor(day.batch.netMinor, 'OMR'), currency: 'OMR' },
    digest: day.batch.digest.toString('hex'),
    previousDigest: null,
  });
  const splits = document['splits'] as { dimension: string; key: string; name: { ar: string } }[];
  t.match(
    splits.find(({ dimension, key }) => dimension === 'unit' && key === 'north'),
    { name: { ar: 'الشمال' } },
  );
});

t.test('made by two at once, again, and by another process: the same bytes, once', async (t) => {
  const day = await aSettledDay(t);
  const { world, batch } = day;
  const key: DocumentKey = { billerId: 1, settlementId: batch.settlementId, format: 'csv', language: 'en' };
  // What an older program left unfinished.
  await world.db.transaction((tx) => putChunk(tx, key, 0, Buffer.from('half a file')));
  await world.db.transaction((tx) => putChunk(tx, key, 7, Buffer.from('far behind')));
  const both = await Promise.all([1, 2].map(() => makeDocuments(world.db, 1, batch.settlementId)));
  t.equal(Math.max(...both), DOCUMENTS.length);
  t.equal(await makeDocuments(world.db, 1, batch.settlementId), 0, 'nothing is made again');
  const elsewhere = JSON.parse(await inAnotherProcess(world.url, batch.settlementId)) as Record<
    string,
    string
  >;
  for (const { format, language } of DOCUMENTS) {
    const row = await world.db.transaction((tx) => findDocument(tx, { ...key, format, language }));
    const bytes = await buffer(
      readBytes(world.db, { ...key, format, language }, { from: 0, to: Number(row?.bytes) - 1 }),
    );
    const digest = createHash('sha256').update(bytes).digest('hex');
    t.equal(row?.sha256.toString('hex'), digest, `${format} ${language} is what its row says`);
    t.equal(elsewhere[`${format} ${language}`], digest, `${format} ${language} elsewhere`);
  }
});

t.test('PDF names its language and nothing of the clock', async (t) => {
  const day = await aSettledDay(t);
  const bytes = await made(day, 'pdf', 'ar');
  t.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  t.match(bytes.toString('latin1'), /\(D:20261122/, 'made when the settlement was recorded');
});

const maker = fileURLToPath(new URL('./run-documents.ts', import.meta.url));

async function inAnotherProcess(url: string, settlementId: string): Promise<string> {
  const child = spawn(process.execPath, [...nodeArguments(maker), url, settlementId], {
    env: { ...process.env, TZ: 'Asia/Tokyo', LANG: 'ar_OM.UTF-8' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return text(child.stdout);
}
