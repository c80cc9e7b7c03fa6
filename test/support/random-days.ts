// Random days of om-social through the real lane: payments of every channel, some taken back on the day or after its seal,
// some kept for payers, and corrections by two persons.
import fc from 'fast-check';
import { accept, ask, idOf } from './approvals.ts';
import type { Client } from './client.ts';
import type { TestWorld } from './gateway.ts';
import { addBills, type BillSpec } from './world.ts';

export const UNITS = ['north', 'south', 'west'];
const LINES = ['4110', '4120', '4130'];

const aBill = fc.record({
  units: fc.constantFrom(undefined, ...UNITS),
  service: fc.constantFrom(undefined, 'dues', 'fines'),
  budgetLine: fc.constantFrom(undefined, ...LINES),
  shares: fc.option(
    fc.array(fc.tuple(fc.constantFrom(...LINES), fc.integer({ min: 1, max: 900 })), {
      minLength: 1,
      maxLength: 4,
    }),
  ),
  over: fc.integer({ min: 0, max: 50 }),
});
const aPayment = fc.record({
  channel: fc.constantFrom('bank', 'agent', 'transit', 'shop', 'kiosk'),
  bills: fc.array(aBill, { minLength: 1, maxLength: 4 }),
  end: fc.constantFrom('stays', 'stays', 'same-day', 'late', 'held'),
});
export const aDay = fc.record({
  payments: fc.array(aPayment, { maxLength: 8 }),
  adjustments: fc.array(
    fc.integer({ min: -3000, max: 3000 }).filter((minor) => minor !== 0),
    { maxLength: 2 },
  ),
  billsPerStep: fc.integer({ min: 5, max: 9 }), // of one payment there are at most five
});

type Of<A> = A extends fc.Arbitrary<infer Value> ? Value : never;
type ABill = Of<typeof aBill>;
type APayment = Of<typeof aPayment>;

/** Two who correct. */
export type Desk = Record<'one' | 'two', Client>;

/** Payments to be taken back after the seal: channel and id. */
export type Late = [channel: string, paymentId: string];

let made = 0;

/** Amounts are thousandths; what several budget lines ask for is what the bill asks for. */
function specOf({ units, service, budgetLine, shares }: ABill): BillSpec {
  made += 1;
  const total = shares === null ? 1 + (made % 7) * 333 : shares.reduce((sum, [, share]) => sum + share, 0);
  return {
    number: `PR-${made}`,
    amount: text(total),
    ...(units !== undefined && { unit: units }),
    ...(service !== undefined && { service }),
    ...(budgetLine !== undefined && { budgetLine }),
    ...(shares !== null && {
      lines: shares.map(([line, share]) => ({ budgetLine: line, amount: text(share) })),
    }),
  };
}

function text(minor: number): string {
  return `${Math.floor(minor / 1000)}.${String(minor % 1000).padStart(3, '0')}`;
}

function thousandths(value: string): number {
  return Number(value.replace('.', ''));
}

/** Fees that the agency bears are set off at the close, or invoiced. */
export async function setFees({ db }: TestWorld, isNet: boolean): Promise<void> {
  await db.transaction((tx) =>
    tx.query(`update biller set fees_settled = $1 where biller_id = 1 and fees_settled <> $1`, [
      isNet ? 'net' : 'gross',
    ]),
  );
}

export async function live(world: TestWorld, { channel, bills, end }: APayment, late: Late[]): Promise<void> {
  const specs = bills.map(specOf);
  await addBills(world.db, 'om', specs);
  const asked = bills.map(({ over }, i) => ({
    billNumber: specs[i]?.number ?? '',
    amount: { value: text(thousandths(specs[i]?.amount ?? '0') + over), currency: 'OMR' },
  }));
  const isHeld = end === 'held';
  const answer = await world.client(channel).pay({
    bills: isHeld
      ? [{ billNumber: `NONE-${made}`, amount: { value: '3.000', currency: 'OMR' } }, ...asked]
      : asked,
    outlet: { kind: 'agent', id: 'S-1' },
    cashHeld: isHeld,
  });
  const { body, text: said, code } = answer;
  if (code === 'insufficient-float' || code === 'limit-exceeded') return;
  if (body === undefined) throw new Error(said);
  if (end === 'same-day') await undo(world, channel, body.paymentId);
  if (end === 'late') late.push([channel, body.paymentId]);
}

/** The window of the late ones has passed by a day: it is opened for them. */
export async function undo(world: TestWorld, channel: string, paymentId: string): Promise<void> {
  await world.db.transaction((tx) =>
    tx.query(
      `update payment set reversible_until = reversible_until + interval '2 days' where status = 'accepted'`,
    ),
  );
  const { code, text: said } = await world.client(channel).reverse(paymentId, `undo-${paymentId.slice(-20)}`);
  if (code !== 'ok') throw new Error(said);
}

const REASON = { against: 'fees', reason: 'a test' };

/** One person asks, another accepts. In minor units, against fees. */
export async function adjust({ one, two }: Desk, minor: number): Promise<void> {
  const value = `${minor < 0 ? '-' : ''}${text(Math.abs(minor))}`;
  const content = { ...REASON, amount: { value, currency: 'OMR' } };
  const { code, text: said } = await accept(
    two,
    await idOf(ask(one, 'adjustment', content, { billerCode: 'om-social' })),
  );
  if (code !== 'ok') throw new Error(said);
}
