// The link to an agency's own system: what is asked, what is kept, and when it is not asked at all.
import { Registry } from 'prom-client';
import t, { type Test } from 'tap';
import { loadBillers, type Biller, type BillerLink, type LinkWish } from '../../src/billers/index.ts';
import { AgencyLink, linkMetrics } from '../../src/bills/link/index.ts';
import { Refused } from '../../src/kernel/errors.ts';
import { createLog } from '../../src/platform/log.ts';
import { openCaller } from '../../src/platform/outgoing/index.ts';
import { linkTo, MISBEHAVIOURS, startAgency, type Agency } from '../support/agency-server.ts';
import { testDatabase } from '../support/database.ts';
import { until } from '../support/until.ts';
import { addBills, makeWorld, MASTER_KEY, setClock, type World } from '../support/world.ts';

interface Linked extends World {
  readonly agency: Agency;
  readonly clock: { now: number };
  readonly registry: Registry;
  readonly biller: Biller;
  readonly link: BillerLink;
  readonly agencies: AgencyLink;
  /** number, status and amount of the bills that stand here. */
  standing(): Promise<string[]>;
  said(): Promise<string[]>;
}

async function linked(t: Test, wish: LinkWish = {}): Promise<Linked> {
  const world = await makeWorld(await testDatabase(t));
  const agency = await startAgency(t);
  await linkTo(world.db, agency, wish);
  const billers = await world.db.transaction(loadBillers);
  const biller = billers.find(({ code }) => code === 'dz-social');
  const link = biller?.link;
  if (biller === undefined || link === undefined) throw new Error('dz-social is not linked');
  const caller = openCaller({ allowedNetworks: ['127.0.0.0/8'] });
  t.teardown(() => caller.close());
  const clock = { now: 0 };
  const registry = new Registry();
  const agencies: AgencyLink = new AgencyLink({
    database: world.db,
    caller,
    masterKey: MASTER_KEY,
    log: createLog({ level: 'silent' }),
    metrics: linkMetrics(registry, () => agencies.circuits()),
    now: () => clock.now,
  });
  const column = (sql: string): Promise<string[]> =>
    world.db.transaction(async (tx) => (await tx.query<{ line: string }>(sql)).map(({ line }) => line));
  return {
    ...world,
    agency,
    clock,
    registry,
    biller,
    link,
    agencies,
    standing: () =>
      column(
        `select concat_ws(' ', bill_number, status, amount_minor, 'v' || version, 'r' || revision) as line from bill where biller_id = 2 order by 1`,
      ),
    said: () =>
      column(
        `select concat_ws(' ', bill_number, said) as line from bill_snapshot where biller_id = 2 order by 1`,
      ),
  };
}

const refusal = (promise: Promise<unknown>): Promise<Record<string, unknown>> =>
  promise.then(
    () => ({ code: 'none' }),
    (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      return { code: error.refusal.code, ...error.refusal.facts };
    },
  );

t.test('what the agency says is kept as a bill, by the rules of bills', async (t) => {
  const { agency, agencies, biller, link, standing, said, db } = await linked(t);
  const ask = () => agencies.askBills(biller, link, ['DZ-1']);
  agency.has('DZ-1', { version: 1 });
  t.match(await ask(), { stale: false, words: new Map([['DZ-1', { said: 'open', paidAt: null }]]) });
  t.strictSame(agency.questions, [{ billerCode: 'dz-social', billNumber: 'DZ-1' }]);
  await ask();
  t.strictSame(await standing(), ['DZ-1 open 10000 v1 r1'], 'the same again changes nothing');
  agency.has('DZ-1', { version: 2, amount: { value: '90.00', currency: 'DZD' } });
  await ask();
  t.strictSame(await standing(), ['DZ-1 open 9000 v2 r2'], 'a higher version replaces it');
  agency.has('DZ-1', { version: 1, amount: { value: '1.00', currency: 'DZD' } });
  await ask();
  t.strictSame(await standing(), ['DZ-1 open 9000 v2 r2'], 'a lower version changes nothing');
  agency.has('DZ-1', { version: 2, amount: { value: '1.00', currency: 'DZD' } });
  t.match(await refusal(ask()), { code: 'agency-unavailable', reason: 'wrong-answer' });
  t.strictSame(
    await standing(),
    ['DZ-1 open 9000 v2 r2'],
    'the same version with other content is a contradiction',
  );
  agency.has('DZ-1', { version: 3, status: 'paid', paidAt: '2026-11-20T10:00:00Z' });
  t.match(await ask(), { words: new Map([['DZ-1', { said: 'paid' }]]) });
  t.match(await standing(), [/^DZ-1 cancelled 100 v3/], 'paid elsewhere: closed here');
  agency.has('DZ-1', { status: 'open' });
  await ask();
  t.match(await standing(), [/^DZ-1 open 100 v3/], 'closed by its word, opened by its word');
  agency.bills.delete('DZ-1');
  t.match(await ask(), { words: new Map([['DZ-1', { said: 'unknown' }]]) });
  t.match(await standing(), [/^DZ-1 cancelled/]);
  await agencies.askBills(biller, link, ['DZ-NOBODY']);
  t.strictSame(await said(), ['DZ-1 unknown'], 'of a number that nobody knows nothing is kept');
  agency.has('DZ-2', { status: 'cancelled' });
  await agencies.askBills(biller, link, ['DZ-2']);
  t.match(await standing(), [/^DZ-1 cancelled/, /^DZ-2 cancelled/], 'a bill that was never open here');
  const history = await db.transaction((tx) =>
    tx.query<{ reason: string }>(
      `select reason from bill_history where bill_number = 'DZ-1' order by recorded_at, history_id`,
    ),
  );
  t.strictSame(
    history.map(({ reason }) => reason).filter((reason) => reason !== 'replaced'),
    ['cancelled', 'reopened', 'cancelled'],
  );
});

t.test('an agency without versions: the latest word counts', async (t) => {
  const { agency, agencies, biller, link, standing } = await linked(t);
  for (const [value, status] of [
    ['100.00', 'open'],
    ['80.00', 'open'],
    ['80.00', 'cancelled'],
    ['80.00', 'open'],
  ] as const) {
    agency.has('DZ-1', { amount: { value, currency: 'DZD' }, status });
    await agencies.askBills(biller, link, ['DZ-1']);
    t.match(await standing(), [new RegExp(`^DZ-1 ${status} ${value.replace('.', '')} `)]);
  }
});

t.test('a bill that the agency cancelled by itself stays cancelled until a higher version', async (t) => {
  const { agency, agencies, biller, link, db, standing } = await linked(t);
  await addBills(db, 'dz', [{ number: 'DZ-1', amount: '100.00', status: 'cancelled' }]);
  agency.has('DZ-1');
  await agencies.askBills(biller, link, ['DZ-1']);
  t.match(await standing(), [/cancelled/]);
  agency.has('DZ-1', { version: 1 });
  await agencies.askBills(biller, link, ['DZ-1']);
  t.match(await standing(), [/open/]);
});

t.test('fifty at once are one question', async (t) => {
  const { agency, agencies, biller, link, standing } = await linked(t);
  agency.has('DZ-1');
  const release = agency.hold();
  const asking = Array.from({ length: 50 }, () => agencies.askBills(biller, link, ['DZ-1']));
  await until('the question came', () => agency.questions.length > 0);
  release();
  const answers = await Promise.all(asking);
  t.equal(agency.questions.length, 1);
  t.ok(answers.every(({ stale, words }) => !stale && words.get('DZ-1')?.said === 'open'));
  t.strictSame(await standing(), ['DZ-1 open 10000 r1']);
  await agencies.askBills(biller, link, ['DZ-1']);
  t.equal(agency.questions.length, 2, 'a later one is asked again');
});

t.test('fifty at once are given one failure, and nothing is left under way', async (t) => {
  const { agency, agencies, biller, link } = await linked(t);
  agency.misbehave(MISBEHAVIOURS['answers garbage']);
  const release = agency.hold();
  const asking = Array.from({ length: 50 }, () => refusal(agencies.askBills(biller, link, ['DZ-1'])));
  await until('the question came', () => agency.questions.length > 0);
  release();
  t.ok((await Promise.all(asking)).every(({ code }) => code === 'agency-unavailable'));
  t.equal(agency.questions.length, 1);
  agency.misbehave(undefined);
  t.match(await agencies.askBills(biller, link, ['DZ-1']), { stale: false });
});

t.test("a payer's bills: those not named are owed no longer", async (t) => {
  const { agency, agencies, biller, link, standing, db } = await linked(t, { whenDown: 'stale' });
  await addBills(db, 'dz', [
    { number: 'DZ-0', amount: '5.00', payer: 'P-1' },
    { number: 'DZ-9', amount: '5.00', payer: 'P-2' },
  ]);
  await setClock(db, '2026-11-22T08:00:10Z');
  agency.has('DZ-1');
  agency.has('DZ-2', { dueOn: '2026-12-01' });
  agency.has('DZ-3', { payerId: 'P-2' });
  t.match(await agencies.askPayer(biller, link, 'P-1'), { stale: false });
  t.match(await standing(), [/DZ-0 cancelled/, /DZ-1 open/, /DZ-2 open/, /DZ-9 open/]);
  agency.has('DZ-0', { amount: { value: '5.00', currency: 'DZD' } });
  agency.has('DZ-2', { status: 'paid' });
  await agencies.askPayer(biller, link, 'P-1');
  t.match(await standing(), [/DZ-0 open/, /DZ-1 open/, /DZ-2 cancelled/, /DZ-9 open/]);
  agency.misbehave((response) => response.end(JSON.stringify({ bills: [agency.bills.get('DZ-3')] })));
  t.match(
    await refusal(agencies.askPayer(biller, link, 'P-1')),
    { reason: 'wrong-answer' },
    "another's bill",
  );
  agency.misbehave(MISBEHAVIOURS['answers 500']);
  t.match(await agencies.askPayer(biller, link, 'P-1'), { stale: true, asOf: Date });
  t.match(
    await refusal(agencies.askPayer(biller, link, 'P-NOBODY')),
    { code: 'agency-unavailable' },
    'of whom nothing is known',
  );
});

t.test('a fresh word is not asked for again; an old one is, and what cannot be paid always', async (t) => {
  const { agency, agencies, biller, link, db } = await linked(t, { freshForSeconds: 60 });
  agency.has('DZ-1');
  agency.has('DZ-2', { status: 'paid' });
  const refresh = (...numbers: string[]) => agencies.refreshBills(biller, link, numbers);
  await refresh('DZ-1');
  await refresh('DZ-1');
  t.equal(agency.questions.length, 1);
  await refresh('DZ-1', 'DZ-2');
  await refresh('DZ-1', 'DZ-2');
  t.strictSame(
    agency.questions.map(({ billNumber }) => billNumber),
    ['DZ-1', 'DZ-2', 'DZ-2'],
  );
  await setClock(db, '2026-11-22T08:01:30Z');
  await refresh('DZ-1');
  t.equal(agency.questions.length, 4);
  await addBills(db, 'dz', [{ number: 'DZ-3', amount: '5.00' }]);
  await refresh('DZ-3');
  t.equal(agency.questions.length, 4, 'what the agency presents is its word too');
});

t.test('the circuit opens, leaves the agency alone, probes and closes', async (t) => {
  const { agency, agencies, biller, link, clock, registry } = await linked(t, { whenDown: 'stale' });
  agency.has('DZ-1');
  const ask = (billNumber = 'DZ-1') => agencies.askBills(biller, link, [billNumber]);
  await ask();
  agency.misbehave(MISBEHAVIOURS['answers 500']);
  for (let i = 0; i < 5; i++) t.match(await ask(), { stale: true, asOf: Date });
  t.equal(agency.questions.length, 6);
  t.match(await registry.metrics(), /wasit_link_circuit\{biller="dz-social"\} 2/);
  t.match(await ask(), { stale: true });
  t.match(await refusal(ask('DZ-2')), {
    code: 'agency-unavailable',
    reason: 'no-answer',
    retryAfterSeconds: 1,
  });
  t.equal(agency.questions.length, 6, 'not asked');
  clock.now = 1000;
  await ask();
  t.equal(agency.questions.length, 7, 'one probe');
  await ask();
  t.equal(agency.questions.length, 7, 'it failed: two seconds');
  agency.misbehave(undefined);
  clock.now = 3000;
  t.match(await ask(), { stale: false });
  t.match(await ask(), { stale: false });
  t.match([...agencies.circuits()], [['dz-social', 'closed']]);
});

t.test('wrong answers do not open the circuit: each is thrown away by itself', async (t) => {
  const { agency, agencies, biller, link, registry, standing } = await linked(t, { whenDown: 'stale' });
  agency.has('DZ-1');
  agency.misbehave(MISBEHAVIOURS['answers in another currency']);
  for (let i = 0; i < 7; i++)
    t.match(await refusal(agencies.askBills(biller, link, ['DZ-1'])), { reason: 'wrong-answer' });
  t.equal(agency.questions.length, 7);
  t.strictSame(await standing(), []);
  t.match(
    await registry.metrics(),
    /wasit_link_wrong_answers_total\{biller="dz-social",fault="wrong-currency"\} 7/,
  );
});

t.test('silence beyond the deadline opens the circuit', async (t) => {
  const { agency, agencies, biller, link } = await linked(t, { deadlineMs: 50, whenDown: 'stale' });
  agency.has('DZ-1');
  await agencies.askBills(biller, link, ['DZ-1']);
  agency.misbehave(MISBEHAVIOURS['hangs']);
  for (let i = 0; i < 5; i++) t.match(await agencies.askBills(biller, link, ['DZ-1']), { stale: true });
  t.match([...agencies.circuits()], [['dz-social', 'open']]);
});

t.test('many bills of one request are asked side by side, and no more once the agency is down', async (t) => {
  const { agency, agencies, biller, link } = await linked(t);
  const numbers = Array.from({ length: 40 }, (_, i) => `DZ-${i}`);
  for (const number of numbers) agency.has(number);
  const { words } = await agencies.askBills(biller, link, numbers);
  t.equal(words.size, 40);
  t.equal(agency.questions.length, 40);
  agency.misbehave(MISBEHAVIOURS['answers 503']);
  t.match(await refusal(agencies.askBills(biller, link, numbers)), { code: 'agency-unavailable' });
  t.ok(agency.questions.length <= 40 + 16);
});
