// openapi/agency-link.yaml, written by hand for agencies, says what the program holds their answers to.
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import t from 'tap';
import { parse } from 'yaml';
import { parseAnswer, parseOutcome } from '../../src/bills/link/schema.ts';

const contract = parse(
  await readFile(new URL('../../openapi/agency-link.yaml', import.meta.url), 'utf8'),
) as object;
const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
ajv.addSchema(contract, 'link');

const bill = {
  billNumber: 'DZ-1',
  payerId: 'P-1',
  payerName: 'شركة النور (ABC)\u200f',
  description: 'Due',
  amount: { value: '1.00', currency: 'DZD' },
  dueOn: '2026-12-31',
};

t.test('answers', async (t) => {
  const isMeant = ajv.compile({ $ref: 'link#/components/schemas/Answer' });
  const cases: [string, unknown, boolean][] = [
    ['a bill', { bills: [bill] }, true],
    ['none', { bills: [] }, true],
    ['a control character', { bills: [{ ...bill, payerName: 'a\u0007' }] }, false],
    ['an override of direction', { bills: [{ ...bill, payerName: 'a\u202eb' }] }, false],
    ['an isolate of direction', { bills: [{ ...bill, description: 'a\u2067b' }] }, false],
    ['a name too long', { bills: [{ ...bill, payerName: 'x'.repeat(201) }] }, false],
    ['an unknown status', { bills: [{ ...bill, status: 'lost' }] }, false],
    ['too many', { bills: Array.from({ length: 1001 }, () => bill) }, false],
  ];
  for (const [what, answer, isGood] of cases) {
    t.equal(isMeant(answer), isGood, `${what}, in the contract`);
    t.equal(!('wrong' in parseAnswer(Buffer.from(JSON.stringify(answer)))), isGood, what);
  }
});

t.test('outcomes of a notification', async (t) => {
  const isMeant = ajv.compile({ $ref: 'link#/components/schemas/Outcome' });
  const cases: [string, object, boolean][] = [
    ['nothing', {}, true],
    ['booked', { outcome: 'booked' }, true],
    ['some of them', { outcome: 'paid-elsewhere', bills: ['A', 'B'], paidAt: '2026-11-20T10:00:00Z' }, true],
    ['one of them twice', { outcome: 'paid-elsewhere', bills: ['A', 'A'] }, false],
    ['none of them', { outcome: 'paid-elsewhere', bills: [] }, false],
    ['another outcome', { outcome: 'perhaps' }, false],
  ];
  for (const [what, outcome, isGood] of cases) {
    t.equal(isMeant(outcome), isGood, `${what}, in the contract`);
    t.equal(!('wrong' in parseOutcome(Buffer.from(JSON.stringify(outcome)))), isGood, what);
  }
});
