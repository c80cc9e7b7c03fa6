// Texts of bills cannot make what stands beside them read as something else: controls of direction are refused with the
// reason, in whatever way a bill comes; marks, which Arabic text needs, pass.
import t from 'tap';
import { billLines } from '../../src/bills/bill-lines.ts';
import type { LineFormat } from '../../src/platform/http/index.ts';
import { startBillsGateway } from '../support/bills-gateway.ts';
import { clientsOf } from '../support/gateway.ts';

const BODY = {
  payerId: 'E-1',
  payerName: 'Ali',
  description: 'Due',
  amount: { value: '1.500', currency: 'OMR' },
  dueOn: '2026-12-15',
};
const OM = {
  currency: 'OMR',
  policy: 'at-least',
  units: new Set(['muscat']),
  services: new Map(),
  budgetLines: new Set<string>(),
} as const;
const NINE = [...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'];
const MARKED = 'شركة (ABC)\u200f 7\u200e\u061c';
const FIELDS = ['payerName', 'description'] as const;

/** What is told of the one line of a file; undefined: it is good. */
async function rejected(format: LineFormat, bill: typeof BODY): Promise<string | undefined> {
  const { amount, ...texts } = { billNumber: 'B1', ...bill };
  const csv = `${Object.keys(texts).join()},amount,currency\n${Object.values(texts).join()},${amount.value},${amount.currency}`;
  const file = format === 'csv' ? csv : JSON.stringify({ billNumber: 'B1', ...bill });
  for await (const lines of billLines(format, whole(file), OM))
    for (const entry of lines) if ('reject' in entry) return `${entry.reject.field} ${entry.reject.detail}`;
  return undefined;
}

async function* whole(file: string): AsyncGenerator<Buffer> {
  yield Buffer.from(file);
}

t.test('lines of files', async (t) => {
  for (const format of ['csv', 'ndjson'] as const) {
    for (const field of FIELDS) {
      for (const control of NINE)
        t.match(
          await rejected(format, { ...BODY, [field]: `a${control}b` }),
          new RegExp(`^${field} must be .* without control characters, those of text direction included$`),
        );
      t.equal(await rejected(format, { ...BODY, [field]: MARKED }), undefined);
    }
  }
});

t.test('one bill over HTTP', async (t) => {
  const world = await startBillsGateway(t, { works: false });
  const om = clientsOf(world, world.baseUrl)('om-social');
  for (const field of FIELDS) {
    for (const control of NINE) {
      const { problem } = await om.send('PUT', '/v1/bills/B-1', { ...BODY, [field]: `a${control}b` });
      t.match(problem, {
        code: 'malformed-request',
        errors: [
          { pointer: `/${field}`, detail: /without control characters, those of text direction included/ },
        ],
      });
    }
    t.match(await om.send('PUT', '/v1/bills/B-1', { ...BODY, [field]: MARKED }), { code: 'ok' });
  }
});
