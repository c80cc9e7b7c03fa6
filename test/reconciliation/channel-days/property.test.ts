// Random days, randomly damaged: every damaged line is a break of the right kind, and every other one is none.
import fc from 'fast-check';
import t from 'tap';
import { bill } from '../../support/client.ts';
import { reconcile, told } from '../../support/day-files.ts';
import { startTestWorld, type TestWorld } from '../../support/gateway.ts';
import { addBills, setClock } from '../../support/world.ts';

const DAMAGES = [
  'none',
  'none',
  'none',
  'amount',
  'fee',
  'status',
  'left-out',
  'twice',
  'date',
  'next-day',
] as const;
const aPayment = fc.record({
  minor: fc.integer({ min: 1_000, max: 99_999 }),
  end: fc.constantFrom('accepted', 'accepted', 'reversed', 'held'),
  damage: fc.constantFrom(...DAMAGES),
  hasFee: fc.boolean(),
});
const aStranger = fc.constantFrom('unknown', 'refused');
type APayment = typeof aPayment extends fc.Arbitrary<infer Value> ? Value : never;

interface Line {
  readonly reference: string;
  readonly minor: number;
  readonly status: string;
  readonly fee: string;
  readonly businessDate: string;
}

const HEADER = 'reference,amount,currency,status,fee,businessDate';
const money = (minor: number): string =>
  `${Math.floor(minor / 1000)}.${String(minor % 1000).padStart(3, '0')}`;
const text = ({ reference, minor, status, fee, businessDate }: Line): string =>
  `${reference},${money(minor)},OMR,${status},${fee},${businessDate}`;

let made = 0;

void t.test('random days with random damage', async (t) => {
  const world = await startTestWorld(t);
  let day = 0;
  let damaged = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(aPayment, { maxLength: 10 }),
      fc.array(aStranger, { maxLength: 3 }),
      fc.infiniteStream(fc.nat()),
      async (payments, strangers, random) => {
        const date = new Date(Date.UTC(2026, 11, 1 + 2 * day++)).toISOString().slice(0, 10);
        await setClock(world.db, `${date}T06:00:00Z`);
        const expected: string[] = [];
        const lines: string[] = [];
        for (const payment of payments) await live(world, payment, date, lines, expected);
        for (const stranger of strangers) await claim(world, stranger, date, lines, expected);
        await setClock(world.db, `${date}T12:30:00Z`);
        for (const payment of payments.filter(({ damage }) => damage === 'next-day')) {
          const reference = await pay(world, payment);
          const status = payment.end === 'reversed' ? 'reversed' : 'accepted';
          lines.push(text({ reference, minor: payment.minor, status, fee: '', businessDate: '' }));
          expected.push(`wrong-day ${reference}`);
        }
        const shuffled = lines

          .map((line): [number, string] => [Number(random.next().value), line])
          .sort(([one], [other]) => one - other)
          .map(([, line]) => line);
        damaged += expected.length;
        await reconcile(world, shuffled, { date, header: HEADER });
        const found = await told(world, { date });
        if (found.join() !== expected.sort().join())
          throw new Error(
            `found ${found.join(', ')}\nexpected ${expected.join(', ')}\n${shuffled.join('\n')}`,
          );
      },
    ),
    { numRuns: 60 },
  );
  t.ok(damaged > 100, `${damaged} lines were damaged`);
});

/** The reference of a payment of a bill of its own. */
async function pay(world: TestWorld, { minor, end }: APayment): Promise<string> {
  made += 1;
  const reference = `r-${made}`;
  const isHeld = end === 'held';
  if (!isHeld) await addBills(world.db, 'om', [{ number: `PB-${made}`, amount: money(minor) }]);
  const bills = [bill(isHeld ? `NONE-${made}` : `PB-${made}`, money(minor))];
  const { body, text: said } = await world.client('bank').pay({ reference, bills, cashHeld: isHeld });
  if (body === undefined) throw new Error(said);
  if (end !== 'reversed') return reference;
  const undone = await world.client('bank').reverse(body.paymentId, `undo-${made}`);
  if (undone.code !== 'ok') throw new Error(undone.text);
  return reference;
}

async function live(
  world: TestWorld,
  payment: APayment,
  date: string,
  lines: string[],
  expected: string[],
): Promise<void> {
  const { minor, end, damage, hasFee } = payment;
  if (damage === 'next-day') return;
  const reference = await pay(world, payment);
  const fee = end === 'held' ? '0.000' : '0.200';
  const status = end === 'reversed' ? 'reversed' : end === 'held' && hasFee ? 'credited' : 'accepted';
  const good: Line = { reference, minor, status, fee: hasFee ? fee : '', businessDate: hasFee ? date : '' };
  const put = (kind: string | undefined, ...changed: Partial<Line>[]): void => {
    for (const change of changed) lines.push(text({ ...good, ...change }));
    if (kind !== undefined) expected.push(`${kind} ${reference}`);
  };
  switch (damage) {
    case 'none':
      return put(undefined, {});
    case 'amount':
      return put('amount-differs', { minor: minor + 1 });
    case 'fee':
      return put('amount-differs', { fee: '0.199' });
    case 'status':
      return put('status-differs', { status: status === 'reversed' ? 'accepted' : 'reversed' });
    case 'left-out':
      return put(end === 'reversed' ? undefined : 'missing-there');
    case 'twice':
      return put('duplicate-there', {}, {});
    case 'date':
      return put('wrong-day', { businessDate: '2026-11-01' });
  }
}

/** A line of which our books have no payment. */
async function claim(
  world: TestWorld,
  stranger: 'unknown' | 'refused',
  date: string,
  lines: string[],
  expected: string[],
): Promise<void> {
  made += 1;
  const reference = `s-${made}`;
  if (stranger === 'refused') await world.client('bank').pay({ reference, bills: [bill('NONE', '1.000')] });
  lines.push(text({ reference, minor: 1_000, status: 'accepted', fee: '', businessDate: date }));
  expected.push(`missing-here ${reference}`);
}
