// The plain way through a file and the careful one read the same, whatever pieces its bytes come in.
import fc from 'fast-check';
import t from 'tap';
import { dayLines } from '../../../src/reconciliation/channel-days/day-lines.ts';
import type { LineFault } from '../../../src/reconciliation/channel-days/day.ts';
import { readFile } from '../../../src/reconciliation/channel-days/read-file.ts';
import { RowWriter } from '../../../src/reconciliation/channel-days/row-writer.ts';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

interface Read {
  readonly rows: string;
  readonly faults: readonly LineFault[];
  readonly sums: unknown;
}

function readOf(writer: RowWriter, faults: readonly LineFault[]): Read {
  const { sums } = writer;
  const totals = [...sums.currencies].sort().map((currency) => [currency, sums.side(currency)]);
  return {
    rows: faults.length > 0 ? '' : Buffer.concat(writer.take()).toString(),
    faults,
    sums: faults.length > 0 ? [] : totals,
  };
}

async function quickly(bytes: Buffer, size: number): Promise<Read> {
  const writer = new RowWriter();
  const faults: LineFault[] = [];
  try {
    for await (const gathered of readFile('csv', pieces(bytes, size), writer, faults))
      if (gathered < 0) break;
  } catch (error) {
    faults.push({ line: null, field: '', detail: (error as Error).message });
  }
  return readOf(writer, faults);
}

async function carefully(bytes: Buffer): Promise<Read> {
  const writer = new RowWriter();
  const faults: LineFault[] = [];
  try {
    for await (const lines of dayLines('csv', pieces(bytes, 1 << 16)))
      for (const line of lines) {
        if ('detail' in line) faults.push(line);
        else if (faults.length === 0) faults.push(...[writer.add(line) ?? []].flat());
      }
  } catch (error) {
    faults.push({ line: null, field: '', detail: (error as Error).message });
  }
  return readOf(writer, faults);
}

const rare = <T>(usual: fc.Arbitrary<T>, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const aReference = rare(
  fc.stringMatching(/^[A-Za-z0-9._:-]{1,6}$/),
  '',
  'a b',
  '=1',
  'é',
  'x'.repeat(65),
  '"q"',
  'n\u0000',
);
const anAmount = rare(
  fc
    .tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(3, '0')}`),
  '1.00',
  '01.000',
  '.000',
  '1.0000',
  '-1.000',
  '1e3.000',
  '999999999999.999',
  '1000000000000.000',
  '1000000000000.001',
  ' 1.000',
  '',
);
const aLine = fc.record({
  reference: aReference,
  amount: anAmount,
  currency: rare(fc.constant('OMR'), 'KWD', 'JPY', 'omr', '', 'XXX'),
  status: rare(fc.constantFrom('accepted', 'reversed', 'credited'), 'acceptee', '', 'Accepted'),
  fee: rare(fc.constantFrom('', '0.200'), '0.20', 'x'),
  billerCode: rare(fc.constantFrom('', 'om-social', 'dz-social'), 'OM'),
  billNumber: rare(fc.constantFrom('', 'B-1', 'B-2'), '-B'),
  paymentId: rare(fc.constant(''), 'pay_01m8czv1xk0000ab3cd4ef5gh6', 'pay_1'),
  occurredAt: rare(fc.constantFrom('', '2026-11-22T08:00:00Z'), '2026-13-22T08:00:00Z', 'now'),
  businessDate: rare(fc.constantFrom('', '2026-11-22', '2026-11-23'), '2026-02-30', '22.11.2026'),
  end: rare(fc.constant(''), '\r', ',', ',x', '\n', '\n\r'),
});
const COLUMNS = [
  'reference',
  'amount',
  'currency',
  'status',
  'fee',
  'billerCode',
  'billNumber',
  'paymentId',
  'occurredAt',
  'businessDate',
] as const;

void t.test('both ways read the same', async (t) => {
  let faulty = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(aLine, { maxLength: 12 }),
      fc.shuffledSubarray([...COLUMNS], { minLength: 4 }),
      fc.constantFrom('', '\ufeff'),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.integer({ min: 1, max: 300 }),
      async (lines, some, mark, newline, isEnded, size) => {
        const columns = [...new Set([...some, 'reference', 'amount', 'currency', 'status'] as const)];
        const body = lines.map((line) => columns.map((column) => line[column]).join(',') + line.end);
        const text = mark + [columns.join(','), ...body].join(newline) + (isEnded ? newline : '');
        const bytes = Buffer.from(text);
        const [one, other] = [await quickly(bytes, size), await carefully(bytes)];
        if (other.faults.length > 0) faulty += 1;
        if (JSON.stringify(one, plain) !== JSON.stringify(other, plain))
          throw new Error(
            `${JSON.stringify(one, plain)}\n${JSON.stringify(other, plain)}\n${JSON.stringify(text)}`,
          );
      },
    ),
    { numRuns: 2_000 },
  );
  t.ok(faulty > 200 && faulty < 1_800, `${faulty} of 2000 files had a fault`);
});

function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

void t.test('rows as the database takes them', async (t) => {
  const file =
    'status,reference,amount,currency,billNumber,fee\naccepted,r-1,0.500,OMR,B-1,0.020\n\nreversed,r-1,12,JPY,,\n';
  const { rows, sums } = await quickly(Buffer.from(file), 7);
  t.equal(
    rows,
    '2\tr-1\tOMR\t500\taccepted\t20\t\\N\t{"billNumber":"B-1"}\tf\n4\tr-1\tJPY\t12\treversed\t\\N\t\\N\t\\N\tt\n',
  );
  t.same(sums, [
    ['JPY', { count: 0, minor: 0n, reversed: 1 }],
    ['OMR', { count: 1, minor: 500n, reversed: 0 }],
  ]);
});

void t.test('both ways come to too much at the same line', async (t) => {
  const lines = Array.from({ length: 1_010 }, (_, at) => `r-${at},99999999999.999,OMR,accepted\n`);
  const few = 'r-x,1.000,OMR,accepted\n'.repeat(3);
  for (const others of ['', 'r-y,1.00,EGP,accepted\n', few]) {
    const bytes = Buffer.from(`reference,amount,currency,status\n${others}${lines.join('')}`);
    const [one, other] = [await quickly(bytes, 1 << 14), await carefully(bytes)];
    t.match(one.faults[0], { field: 'amount', detail: /come to more than can be booked/ });
    t.equal(one.faults[0]?.line, other.faults[0]?.line);
    t.equal(one.faults[0]?.line, others === few ? 1_004 : others === '' ? 1_002 : 1_003);
  }
});
