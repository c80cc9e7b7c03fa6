// The live link under faults: whatever an agency answers, or does not, nothing wrong is kept, nobody waits beyond the
// deadline, the alarm is raised, and afterwards all goes on by itself. Books are checked when the database closes.
import t, { type Test } from 'tap';
import type { LinkWish } from '../../src/billers/index.ts';
import { linkTo, MISBEHAVIOURS, startAgency, type Agency } from '../support/agency-server.ts';
import { bill, type Client } from '../support/client.ts';
import { testWorld } from '../support/database.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { addBills, type World } from '../support/world.ts';

interface LinkedWorld extends World, TestGateway {
  readonly agency: Agency;
  readonly bank: Client;
}

async function linkedWorld(t: Test, wish: LinkWish): Promise<LinkedWorld> {
  const world = await testWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, { freshForSeconds: 0, ...wish });
  const gateway = await startTestGateway(t, world, { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' });
  return { ...world, ...gateway, agency, bank: gateway.client('bank') };
}

const of = (billNumber: string) => ({ billerCode: 'dz-social', billNumber });
const dz = (billNumber: string, reference: string) => ({
  reference,
  billerCode: 'dz-social',
  bills: [bill(billNumber, '100.00', 'DZD')],
});

/** Silence; everything else is an answer that no agency should give. */
const SILENT = new Set(['hangs', 'answers 500', 'answers 503', 'breaks off', 'breaks off in the middle']);

t.test('whatever the agency answers, nothing wrong is kept', async (t) => {
  const world = await linkedWorld(t, { whenDown: 'stale' });
  for (const [i, name] of Object.keys(MISBEHAVIOURS).entries())
    if (name !== 'hangs') await t.test(`it ${name}`, (t) => misbehaves(t, world, name, `DZ-${i}`));
});

t.test('nor when it hangs', async (t) => {
  const world = await linkedWorld(t, { whenDown: 'stale', deadlineMs: 200 });
  await misbehaves(t, world, 'hangs', 'DZ-1');
});

async function misbehaves(t: Test, world: LinkedWorld, name: string, known: string): Promise<void> {
  const { agency, bank, db, faults } = world;
  const unheard = `${known}-NEW`;
  agency.has(known);
  agency.has(unheard);
  // A machine under load may miss a short deadline: then it is asked again.
  await until('its word is known', async () => (await bank.inquire(of(known))).code === 'ok');
  const [before, alarms, logged] = [await standing(db), await alarmsOf(world), faults.length];
  agency.misbehave(MISBEHAVIOURS[name]);
  const last = await bank.inquire(of(known));
  t.equal((await bank.inquire(of(unheard))).code, 'agency-unavailable');
  t.equal((await bank.pay(dz(unheard, `pays-${known}`))).code, 'agency-unavailable');
  const isSilent = SILENT.has(name);
  if (isSilent) t.match(last.body, { stale: true, bills: [{ amountDue: { value: '100.00' } }] });
  else t.equal(last.code, 'agency-unavailable', 'a wrong answer is no outage: the last word does not hold');
  t.strictSame(await standing(db), before, 'nothing of it is kept');
  t.equal((await alarmsOf(world)) - alarms, isSilent ? 0 : 3, 'the alarm');
  t.equal(faults.length - logged, isSilent ? 0 : 3);
  t.notOk(
    faults.some((line) => line.includes('Belkacem')),
    'no name in the log',
  );
  agency.misbehave(undefined);
  await until('it is asked again', async () => (await bank.inquire(of(unheard))).code === 'ok');
  t.match((await bank.pay(dz(unheard, `pays-${known}`))).body, { status: 'accepted' });
}

async function alarmsOf({ metricsUrl }: LinkedWorld): Promise<number> {
  const metrics = await (await fetch(metricsUrl)).text();
  const counts = metrics.matchAll(/^wasit_link_wrong_answers_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

t.test('a flapping link loses nothing and doubles nothing', async (t) => {
  const { agency, bank, db } = await linkedWorld(t, { whenDown: 'stale' });
  const numbers = Array.from({ length: 60 }, (_, i) => `DZ-${i}`);
  for (const number of numbers) agency.has(number);
  await Promise.all(numbers.map((number) => bank.inquire(of(number))));
  const answered = new Map<string, string>();
  for (const [i, number] of numbers.entries()) {
    if (i % 10 === 5) await agency.stop();
    if (i % 10 === 0 && i > 0) await agency.start();
    const tries = await Promise.all([1, 2].map(() => bank.pay(dz(number, `flap-${number}`))));
    for (const { body } of tries) if (body !== undefined) answered.set(number, body.paymentId);
  }
  t.equal(answered.size, numbers.length, 'the last word carried those in between');
  const [{ paid, stale } = { paid: 0, stale: 0 }] = await db.transaction((tx) =>
    tx.query<{ paid: number; stale: number }>(
      `select count(*)::int as paid, count(details -> 'agencySaidAt')::int as stale from payment where biller_id = 2`,
    ),
  );
  t.equal(paid, numbers.length);
  t.ok(stale >= 20, `${stale} were taken while it was down`);
});

t.test('an agency that hangs holds up nobody else', async (t) => {
  const { agency, bank, db } = await linkedWorld(t, { whenDown: 'refuse' });
  await addBills(db, 'om', [{ number: 'OM-1', amount: '100.000' }]);
  agency.misbehave(MISBEHAVIOURS['hangs']);
  const hanging = Array.from({ length: 100 }, (_, i) => bank.pay(dz(`DZ-${i}`, `hang-${i}`)));
  await until('it hangs', () => agency.questions.length > 10);
  const startedAt = performance.now();
  t.equal((await bank.pay({ bills: [bill('OM-1', '100.000')] })).code, 'ok');
  t.ok(performance.now() - startedAt < 2000, 'the other agency is paid meanwhile');
  await agency.stop();
  for (const { code } of await Promise.all(hanging)) t.equal(code, 'agency-unavailable');
});

async function standing(db: World['db']): Promise<unknown[]> {
  return db.transaction((tx) =>
    tx.query(
      `select b.*, s.said from bill b left join bill_snapshot s using (biller_id, bill_number) order by bill_number`,
    ),
  );
}
