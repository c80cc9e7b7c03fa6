// What differs from run to run is taken out of a told day, and nothing else.
import t from 'tap';
import { forgetRun } from '../../src/demo/forget-run.ts';
import { layOutXml } from '../../src/demo/lay-out-xml.ts';
import { layOutJson } from '../../src/demo/lay-out-json.ts';

const A = 'pay_01kzw6pfm0000w9jj272gbj8w2';
const B = 'pay_01kzw6pfm0000w9jj272gbj8w3';

t.test('forget a run', async (t) => {
  for (const [told, expected] of [
    ['WALK-ab12cd34-1 and BANK-ab12cd34-0001', 'WALK-1 and BANK-0001'],
    [`${A} ${B} ${A}`, '<paymentId 1> <paymentId 2> <paymentId 1>'],
    ['receipt 01-7Q2M-X9ZT-C4WH-K', 'receipt <receiptNumber 1>'],
    ['"instance": "req_1j9k0000v7"', '"instance": "<requestId>"'],
    ['"quoteId": "AQAB.x-y_z"', '"quoteId": "<quoteId>"'],
    ['2026-11-22T08:00:02.600Z and 2026-11-22', '<time> and <date>'],
    ['2026-11-22T12:15:30+04:00,x', '<time>,x'],
    ['a_2026-11-23_WST01M8627MFD000ASJBKYRHYM11X.xml', 'a_<date>_<messageId 1>.xml'],
    [
      `"previousDigest": null, "digest": "${'0a'.repeat(32)}"`,
      '"previousDigest": "<digest of the day before>", "digest": "<digest 1>"',
    ],
    ['فاتورة WALK-ab١٢cd٣٤-٢', 'فاتورة WALK-٢'],
    ['line 3 of stm_01m86xpn7x00040s1h1mdd0mxx', 'line 3 of <statementId 1>'],
    [
      '<Bal><Tp/><Amt Ccy="OMR">25000.000</Amt></Bal><Amt Ccy="OMR">1.000</Amt>',
      '<Bal><Tp/><Amt Ccy="OMR"><balance></Amt></Bal><Amt Ccy="OMR">1.000</Amt>',
    ],
    [
      '"opening": { "value": "-1.000" }, "amount": { "value": "1.000" }',
      '"opening": { "value": "<balance>" }, "amount": { "value": "1.000" }',
    ],
    [
      '/v1/events?limit=1&after=f12 "next": "f13", "continuity": "first"',
      '/v1/events?limit=1&after=<cursor> "next": "<cursor>", "continuity": "<first or continues>"',
    ],
    ['125.500 OMR under OM-2026-000417', '125.500 OMR under OM-2026-000417'],
  ] as const) {
    t.equal(forgetRun(told, 'ab12cd34'), expected);
  }
});

t.test('lay out JSON', async (t) => {
  const money = { value: '125.500', currency: 'OMR' };
  t.equal(layOutJson({ amount: money }), '{ "amount": { "value": "125.500", "currency": "OMR" } }');
  const bills = Array.from({ length: 3 }, () => ({ amount: money, lines: [], paidAt: null }));
  const text = layOutJson({ bills, empty: {} });
  t.strictSame(JSON.parse(text), { bills, empty: {} });
  t.ok(text.split('\n').every((line) => line.length <= 96));
  t.equal(text.split('\n').length, 8);
});

t.test('lay out XML', async (t) => {
  const xml = '<?xml version="1.0"?>\n<a><b x="1">two</b><c><d/></c></a>\n';
  const laid = layOutXml(xml);
  t.equal(laid, '<?xml version="1.0"?>\n<a>\n  <b x="1">two</b>\n  <c>\n    <d/>\n  </c>\n</a>');
});
