// The real lane on a real database, fed in groups of random sizes, decides as a model does that looks at one command
// after the other: same answers, same bills, same float. The model knows no locks, groups or SQL.
import { createSecretKey, randomBytes } from 'node:crypto';
import t from 'tap';
import fc from 'fast-check';
import { Directory, topUpChannel } from '../../src/channels/index.ts';
import { Lane, type PaymentBody } from '../../src/payments/index.ts';
import type { Decided } from '../../src/payments/commit-group.ts';
import { readPayment } from '../../src/payments/read-payment.ts';
import { Session, type Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';
import { ACTOR, addBills, done, makeWorld } from '../support/world.ts';

const DUE = 10_000n;
/** What the agent can spend at the start of each run: two bills with their fees, not three. */
const FLOAT = 25_000n;
const NO_QUOTES = createSecretKey(randomBytes(32));
const BANK = 1;
const AGENT = 2;

interface Step {
  readonly channelId: number;
  readonly reference: number;
  readonly bills: readonly number[];
  /** Minor units above or below the due, for each bill. */
  readonly extra: bigint;
  readonly method: 'cash' | 'card';
  readonly cashHeld: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  channelId: fc.constantFrom(BANK, AGENT),
  reference: fc.integer({ min: 1, max: 6 }),
  bills: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
  extra: fc.constantFrom(-1n, 0n, 0n, 0n, 1n),
  method: fc.constantFrom('cash', 'cash', 'cash', 'card'),
  cashHeld: fc.nat(9).map((n) => n === 0),
});

interface Recorded {
  readonly identity: { method: string; bills: string; amount: bigint };
  readonly outcome: string;
}

/** Bill 5 does not exist. */
class Model {
  readonly paid = new Set<number>();
  readonly recorded = new Map<string, Recorded>();
  float: bigint;
  total = 0n;

  constructor(float: bigint) {
    this.float = float;
  }

  decide(given: Step): string {
    const key = `${given.channelId} ${given.reference}`;
    const identity = {
      method: given.method,
      bills: [...given.bills].sort().join(),
      amount: DUE + given.extra,
    };
    const earlier = this.recorded.get(key);
    if (earlier !== undefined) {
      if (earlier.identity.method !== identity.method) return 'turned-away reference-reused method';
      if (earlier.identity.bills !== identity.bills) return 'turned-away reference-reused billNumber';
      if (earlier.identity.amount !== identity.amount) return 'turned-away reference-reused amount';
      return `replayed ${earlier.outcome}`;
    }
    const outcome = this.#judge(given);
    this.recorded.set(key, { identity, outcome });
    return outcome;
  }

  #judge({ channelId, bills, extra, cashHeld }: Step): string {
    const refusals = bills.map((number) =>
      number === 5
        ? 'bill-not-found'
        : this.paid.has(number)
          ? 'bill-already-paid'
          : extra < 0n
            ? 'underpayment'
            : undefined,
    );
    const first = refusals.find((refusal) => refusal !== undefined);
    const amount = BigInt(bills.length) * (DUE + extra);
    if (first !== undefined && !cashHeld) return `refused ${first}`;
    const fee = first !== undefined ? 0n : channelId === BANK ? 200n : 230n * BigInt(bills.length);
    if (channelId === AGENT) {
      if (amount + fee > this.float) return 'refused insufficient-float';
      this.float -= amount + fee;
    }
    this.total += amount + fee;
    if (first !== undefined) return `credited ${amount}`;
    for (const number of bills) this.paid.add(number);
    return `accepted ${amount}+${fee}`;
  }
}

t.test('the lane decides as a sequential model does', async (t) => {
  const { db, url } = await testDatabase(t);
  await makeWorld({ db, url }, { floatMinor: FLOAT });
  const directory = await Directory.open(db);
  const faults: unknown[] = [];
  let run = 0;

  const property = async (
    steps: readonly Step[],
    cuts: readonly number[],
    groupLimit: number,
  ): Promise<void> => {
    run += 1;
    const prefix = `R${run}`;
    await addBills(
      db,
      'om',
      [1, 2, 3, 4].map((number) => ({ number: `${prefix}-${number}`, amount: '10.000', payer: prefix })),
    );
    await fillFloat(db, run);
    const before = await handedOver(db);
    const session = new Session(url, 'lane-under-test');
    const lane = new Lane({
      tracks: [{ session, number: run % 64 }],
      directory,
      groupLimit,
      queueLimit: 1000,
      deadlineMs: 60_000,
      openDays: () => Promise.reject(new Error('the days are open')),
      onGroup: () => undefined,
      onFault: (error) => faults.push(error),
    });
    const model = new Model(FLOAT);
    const expected = steps.map((each) => model.decide(each));
    const decided: string[] = [];
    for (let at = 0, cut = 0; at < steps.length; cut++) {
      const batch = steps.slice(at, at + (cuts[cut % cuts.length] ?? 1));
      at += batch.length;
      const commands = await Promise.all(batch.map((each) => commandOf(each, prefix, directory)));
      const answers = await Promise.all(commands.map((command) => lane.submit(command)));
      decided.push(...answers.map(wordsOf));
    }
    await session.close();
    sameOrThrow(decided, expected);
    sameOrThrow(
      await paidBills(db, prefix),
      [...model.paid].sort().map((number) => `${prefix}-${number}`),
    );
    sameOrThrow([await floatLeft(db)], [model.float]);
    sameOrThrow([(await handedOver(db)) - before], [model.total]);
  };

  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 24 }),
      fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(1, 2, 5, 512),
      property,
    ),
    { numRuns: 60, endOnFailure: false },
  );
  t.same(faults, []);
});

function commandOf(given: Step, prefix: string, { current }: Directory): ReturnType<typeof readPayment> {
  const minor = DUE + given.extra;
  const value = `${minor / 1000n}.${String(minor % 1000n).padStart(3, '0')}`;
  const body: PaymentBody = {
    reference: `${prefix}-${given.reference}`,
    billerCode: 'om-social',
    bills: given.bills.map((number) => ({
      billNumber: `${prefix}-${number}`,
      amount: { value, currency: 'OMR' },
    })),
    occurredAt: '2026-11-22T08:00:00Z',
    method: given.method,
    cashHeld: given.cashHeld,
  };
  const biller = current.billersByCode.get('om-social');
  if (biller === undefined) throw new Error('the world has no biller');
  return readPayment(body, given.channelId, biller, {
    quoteKey: NO_QUOTES,
    membersOf: () => Promise.resolve(new Map()),
  });
}

function wordsOf({ decision }: Decided): string {
  switch (decision.kind) {
    case 'paid': {
      const { status, amountMinor, feeMinor } = decision.payment;
      return status === 'credited' ? `credited ${amountMinor}` : `accepted ${amountMinor}+${feeMinor}`;
    }
    case 'refused':
      return `refused ${decision.refusal.code}`;
    case 'turned-away':
      return `turned-away ${decision.refusal.code} ${decision.refusal.facts?.['field'] as string}`;
    case 'replayed': {
      const { outcome, answer, refusal } = decision.earlier;
      if (outcome === 'refused') return `replayed refused ${(refusal as { code: string }).code}`;
      const { amount, fee } = JSON.parse(answer ?? '{}') as {
        amount: { value: string };
        fee: { value: string };
      };
      const minor = (text: string): bigint => BigInt(text.replace('.', ''));
      return outcome === 'credited'
        ? `replayed credited ${minor(amount.value)}`
        : `replayed accepted ${minor(amount.value)}+${minor(fee.value)}`;
    }
  }
}

/** The agent's float is FLOAT again. */
async function fillFloat(db: Database, run: number): Promise<void> {
  const missing = FLOAT - (await floatLeft(db));
  if (missing > 0n)
    done(await topUpChannel(db, 'agent', { minor: missing, currency: 'OMR' }, `run-${run}`, ACTOR));
}

async function floatLeft(db: Database): Promise<bigint> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ available_minor: bigint }>(
      `select available_minor from channel_position where channel_id = ${AGENT}`,
    ),
  );
  return row?.available_minor ?? 0n;
}

async function handedOver(db: Database): Promise<bigint> {
  const [row] = await db.transaction((tx) =>
    tx.query<{ sum: bigint }>(
      'select coalesce(sum(amount_minor + fee_minor), 0)::bigint as sum from payment',
    ),
  );
  return row?.sum ?? 0n;
}

async function paidBills(db: Database, prefix: string): Promise<string[]> {
  const rows = await db.transaction((tx) =>
    tx.query<{ bill_number: string }>(
      `select bill_number from bill where payer_id = $1 and status = 'paid' order by 1`,
      [prefix],
    ),
  );
  return rows.map((row) => row.bill_number);
}

function sameOrThrow(found: readonly unknown[], wanted: readonly unknown[]): void {
  if (found.length === wanted.length && found.every((each, i) => each === wanted[i])) return;
  throw new Error(`found  ${found.join(' | ')}\nwanted ${wanted.join(' | ')}`);
}
