// The detail of a day byte by byte: every kind of entry, texts that need quotes or mean harm, currencies of none, two and
// three decimals, instants around a change of the clock. These lines were handed to agencies: they stay as they are.
import { buffer } from 'node:stream/consumers';
import t from 'tap';
import { writeCsv } from '../../../src/settlement/documents/csv.ts';
import { ENTRY_COLUMNS } from '../../../src/settlement/documents/entry-columns.ts';
import { readFields } from '../../../src/settlement/documents/entry-fields.ts';
import { testDatabase } from '../../support/database.ts';
import { aSettledDay } from './a-settled-day.ts';
import { ROWS_DAY, withRows } from './a-day-of-rows.ts';

const OMR = { billerId: 1, businessDate: ROWS_DAY, currency: 'OMR', timeZone: 'Asia/Muscat' };
const DZD = { billerId: 1000, businessDate: ROWS_DAY, currency: 'DZD', timeZone: 'Africa/Cairo' };
const JPY = { billerId: 40_000, businessDate: ROWS_DAY, currency: 'JPY', timeZone: 'America/St_Johns' };

const OMR_LINES = [
  'pay_01karw5mz4000ry00000000001,01-ZZZZ-ZZZZ-ZZZZ-5,2026-10-29T13:30:59+04:00,payment,ref-1,bank-seven,branch,MCT-014,cash,via-operator,B-1.1,,north,dues,4110,999999999999.999,0.210,0.005,1000.000,0.099,OMR,2026-10-29,,',
  'pay_01karw5mz4000ry00000000001,01-ZZZZ-ZZZZ-ZZZZ-5,2026-10-29T13:30:59+04:00,payment,ref-1,bank-seven,branch,MCT-014,cash,via-operator,B-1.2,E-1,"",الاشتراكات,4110=100.000;4120=25.499;4130=0.001,125.500,0.000,0.000,0.000,0.000,OMR,2026-10-29,,',
  'pay_01karw5mz4000ry00000000002,01-ZZZZ-ZZZZ-ZZZ0-J,2026-10-29T14:30:59+04:00,payment,\'=cmd|calc,bank-seven,branch,"\'=HYPERLINK(""http://x"",""فرع""),1",cash,via-operator,\'+1,\'-2,,,,0.001,0.000,0.000,0.000,0.000,OMR,2026-10-29,,',
  'pay_01karw5mz4000ry00000000002,01-ZZZZ-ZZZZ-ZZZ0-J,2026-10-29T14:30:59+04:00,payment,\'=cmd|calc,bank-seven,branch,"\'=HYPERLINK(""http://x"",""فرع""),1",cash,via-operator,"two\nlines","\'\rback",,,,1.000,0.000,0.000,0.000,0.000,OMR,2026-10-29,,',
  'pay_01karw5mz4000ry00000000002,01-ZZZZ-ZZZZ-ZZZ0-J,2026-10-29T14:30:59+04:00,payment,\'=cmd|calc,bank-seven,branch,"\'=HYPERLINK(""http://x"",""فرع""),1",cash,via-operator,"\'\ttab,","say ""so""",,,,0.999,0.000,0.000,0.000,0.000,OMR,2026-10-29,,',
  "pay_01karw5mz4000ry00000000003,01-0000-0000-0000-K,2026-10-29T15:30:59+04:00,payment,ref-3,bank-seven,,,cash,direct,B-3.1,'＝1,,,,2147483.648,0.000,0.000,0.000,0.000,OMR,2026-10-29,bill-not-found,",
  'pay_01karw5mz4000ry00000000003,01-0000-0000-0000-K,2026-10-29T15:30:59+04:00,payment,ref-3,bank-seven,,,cash,direct,B-3.2,"\'＠""1",,,,1000000.000,0.000,0.000,0.000,0.000,OMR,2026-10-29,with-another-bill,',
  'pay_01karw5mz4000ry00000000003,01-0000-0000-0000-K,2026-10-29T15:30:59+04:00,payment,ref-3,bank-seven,,,cash,direct,B-3.3,｀1,,,,999999.999,0.000,0.000,0.000,0.000,OMR,2026-10-29,with-another-bill,',
  "pay_01karw5mz4000ry00000000004,01-ZZZZ-ZZZZ-ZZ00-N,2026-10-30T00:59:59+04:00,payment,ref-4,bank-seven,,,cash,via-operator,B-4.1,'@now,,,,0.010,0.210,0.005,1000.000,0.099,OMR,2026-10-29,with-another-bill,",
  'pay_01karw5mz4000ry00000000005,01-ZZZZ-ZZZZ-ZWYB-R,2026-10-30T01:00:00+04:00,payment,ref-5,bank-seven,branch,MCT-014,cash,via-operator,B-5.1,"",,,,3.250,0.210,0.005,1000.000,0.099,OMR,2026-10-29,,',
  'pay_01karw5mz4000ry00000000005,01-ZZZZ-ZZZZ-ZWYB-R,2026-10-30T01:00:00+04:00,payment,ref-5,bank-seven,branch,MCT-014,cash,via-operator,B-5.2,E 5,,,,0.050,0.000,0.000,0.000,0.000,OMR,2026-10-29,,',
  'pay_01karw5mz4000ry00000000007,01-ZZZZ-ZZZZ-ZFJS-S,2026-10-29T19:30:59+04:00,payment,ref-7,bank-seven,kiosk,"a\u2028\\""\t",cash,via-operator,B-7.1,\\.,,,,0.100,0.000,0.000,0.000,0.000,OMR,2026-10-29,,',
  "pay_01karw5mz4000ry00000000004,01-ZZZZ-ZZZZ-ZZ00-N,2026-10-30T01:00:00+04:00,reversal,undo-4,bank-eight,,,cash,via-operator,B-4.1,'@now,,,,-0.010,-0.210,-0.005,-1000.000,-0.099,OMR,2026-10-29,with-another-bill,'@SUM(A1)",
  'pay_01karw5mz4000ry00000000005,01-ZZZZ-ZZZZ-ZWYB-R,2026-10-30T01:01:00+04:00,reversal,\'-undo,bank-eight,branch,MCT-014,cash,via-operator,B-5.1,"",,,,-3.250,-0.210,-0.005,-1000.000,-0.099,OMR,2026-10-29,,"wrong payer, ""twice"""',
  'pay_01karw5mz4000ry00000000005,01-ZZZZ-ZZZZ-ZWYB-R,2026-10-30T01:01:00+04:00,reversal,\'-undo,bank-eight,branch,MCT-014,cash,via-operator,B-5.2,E 5,,,,-0.050,0.000,0.000,0.000,0.000,OMR,2026-10-29,,"wrong payer, ""twice"""',
  "pay_01karw5mz4000ry00000000006,01-ZZZZ-ZZZZ-ZRD0-S,2026-10-30T01:02:00+04:00,adjustment,undo-6,bank-eight,branch,MCT-014,cash,via-operator,B-6.1,'－6,,,4110=100.000;4120=25.499;4130=0.001,-0.007,0.000,0.000,0.000,0.000,OMR,2026-10-29,,بعد الإغلاق",
  'pay_01karw5mz4000ry00000000001,01-ZZZZ-ZZZZ-ZZZZ-5,2026-10-30T03:00:00+04:00,rejection,evt:80,bank-seven,branch,MCT-014,cash,via-operator,B-1.2,E-1,"",الاشتراكات,4110=100.000;4120=25.499;4130=0.001,-125.500,0.000,0.000,0.000,0.000,OMR,2026-10-29,,paid-elsewhere',
  'pay_01karw5mz4000ry00000000001,01-ZZZZ-ZZZZ-ZZZZ-5,2028-02-29T04:00:00+04:00,adjustment,,,,,,via-operator,,,north,,,-0.005,0.000,0.000,0.000,0.000,OMR,2026-10-29,,""',
  ',,2028-02-29T04:00:00+04:00,adjustment,"\'=C,1",bank-eight,,,,via-operator,,\'+968,,dues,"4,110",12.500,0.000,0.000,0.000,0.000,OMR,2026-10-29,,\'＋found',
  ',,2027-03-01T03:59:59+04:00,adjustment,C-2,,,,,via-operator,,,,,,-1234567890.123,0.000,0.000,0.000,0.000,OMR,2026-10-29,,of nobody',
];
/** The first, those before and after Cairo put its clocks back, and the last. */
const DZD_LINES = [
  'pay_01karw5mz4000ry00000000001,Z8-ZZZZ-ZZZZ-ZZZZ-M,2026-10-29T12:30:59+03:00,payment,ref-1,bank-seven,branch,MCT-014,cash,via-operator,B-1.1,,north,dues,4110,9999999999999.99,2.10,0.05,10000.00,0.99,DZD,2026-10-29,,',
  "pay_01karw5mz4000ry00000000004,Z8-ZZZZ-ZZZZ-ZZ00-4,2026-10-29T23:59:59+03:00,payment,ref-4,bank-seven,,,cash,via-operator,B-4.1,'@now,,,,0.10,2.10,0.05,10000.00,0.99,DZD,2026-10-29,with-another-bill,",
  'pay_01karw5mz4000ry00000000005,Z8-ZZZZ-ZZZZ-ZWYB-9,2026-10-29T23:00:00+02:00,payment,ref-5,bank-seven,branch,MCT-014,cash,via-operator,B-5.1,"",,,,32.50,2.10,0.05,10000.00,0.99,DZD,2026-10-29,,',
  ',,2028-02-29T02:00:00+02:00,adjustment,"\'=C,1",bank-eight,,,,via-operator,,\'+968,,dues,"4,110",125.00,0.00,0.00,0.00,0.00,DZD,2026-10-29,,\'＋found',
  ',,2027-03-01T01:59:59+02:00,adjustment,C-2,,,,,via-operator,,,,,,-12345678901.23,0.00,0.00,0.00,0.00,DZD,2026-10-29,,of nobody',
];
const JPY_LINES = [
  'pay_01karw5mz4000ry00000000001,1720-ZZZZ-ZZZZ-ZZZZ-P,2026-10-29T07:00:59-02:30,payment,ref-1,bank-seven,branch,MCT-014,cash,via-operator,B-1.1,,north,dues,4110,999999999999999,210,5,1000000,99,JPY,2026-10-29,,',
  "pay_01karw5mz4000ry00000000004,1720-ZZZZ-ZZZZ-ZZ00-6,2026-10-29T18:29:59-02:30,payment,ref-4,bank-seven,,,cash,via-operator,B-4.1,'@now,,,,10,210,5,1000000,99,JPY,2026-10-29,with-another-bill,",
  'pay_01karw5mz4000ry00000000005,1720-ZZZZ-ZZZZ-ZWYB-B,2026-10-29T18:30:00-02:30,payment,ref-5,bank-seven,branch,MCT-014,cash,via-operator,B-5.1,"",,,,3250,210,5,1000000,99,JPY,2026-10-29,,',
  ',,2028-02-28T20:30:00-03:30,adjustment,"\'=C,1",bank-eight,,,,via-operator,,\'+968,,dues,"4,110",12500,0,0,0,0,JPY,2026-10-29,,\'＋found',
  ',,2027-02-28T20:29:59-03:30,adjustment,C-2,,,,,via-operator,,,,,,-1234567890123,0,0,0,0,JPY,2026-10-29,,of nobody',
];

t.test('every line of a day', async (t) => {
  const { db } = await testDatabase(t);
  await withRows(db, OMR, async (database) => {
    const text = (await buffer(writeCsv(database, OMR))).toString();
    t.equal(text, `${[ENTRY_COLUMNS.join(','), ...OMR_LINES].join('\n')}\n`);
  });
});

t.test('other decimals, other zones, larger biller numbers', async (t) => {
  const { db } = await testDatabase(t);
  for (const [day, expected] of [
    [DZD, DZD_LINES],
    [JPY, JPY_LINES],
  ] as const)
    await withRows(db, day, async (database) => {
      // One text has a line feed in it.
      const lines = (await buffer(writeCsv(database, day))).toString().replace('two\nlines', '').split('\n');
      t.same([lines[1], lines[9], lines[10], ...lines.slice(-3, -1)], expected);
    });
});

t.test('as texts: nothing quoted, no sign in front', async (t) => {
  const { db } = await testDatabase(t);
  await withRows(db, OMR, async (database) => {
    const lines: string[][] = [];
    for await (const fields of readFields(database, OMR)) lines.push(fields);
    t.equal(lines.length, OMR_LINES.length);
    const at = (line: number, column: (typeof ENTRY_COLUMNS)[number]) =>
      lines[line]?.[ENTRY_COLUMNS.indexOf(column)];
    t.equal(at(2, 'outletId'), '=HYPERLINK("http://x","فرع"),1');
    t.equal(at(3, 'billNumber'), 'two\nlines');
    t.equal(at(9, 'payerId'), '');
    t.equal(at(11, 'outletId'), 'a\u2028\\"\t');
    t.equal(at(13, 'note'), 'wrong payer, "twice"');
    t.equal(at(18, 'reference'), '=C,1');
    t.equal(at(19, 'amount'), '-1234567890.123');
  });
});

t.test('more than one page: each entry once, in the order of the ids', async (t) => {
  const { db } = await testDatabase(t);
  await withRows(db, OMR, async (database, tx) => {
    const before = OMR_LINES.length;
    await tx.query(`insert into payment select (json_populate_record(p, json_build_object('payment_id', md5(i::text)))).*
      from payment p, generate_series(1, 10_001) i where p.reference = 'ref-1'`);
    await tx.query(`insert into payment_bill select (json_populate_record(b, json_build_object('payment_id', md5(i::text)))).*
      from payment_bill b, generate_series(1, 10_001) i where b.bill_number = 'B-1.1'`);
    const ids: string[] = [];
    for await (const [paymentId = ''] of readFields(database, OMR)) ids.push(paymentId);
    t.equal(ids.length, before + 10_001);
    const payments = ids.slice(0, 10_001 + 12);
    t.same(payments, [...payments].sort());
    t.equal(new Set(payments).size, 10_001 + 6);
  });
});

t.test('who stops in the middle leaves no connection behind', async (t) => {
  const { world, batch } = await aSettledDay(t);
  const { db } = world;
  const day = { ...batch, timeZone: batch.facts.timeZone };
  // The page of reversals is under way already.
  for await (const fields of readFields(db, day)) {
    t.equal(fields[ENTRY_COLUMNS.indexOf('kind')], 'payment');
    break;
  }
  const busy = await db.transaction((tx) =>
    tx.query(
      `select state, query from pg_stat_activity
        where datname = current_database() and state <> 'idle' and query like 'copy%'`,
    ),
  );
  t.same(busy, []);
});
