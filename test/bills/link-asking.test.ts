// When an agency is asked and when it is not: fresh words, the circuit, many bills at once.
import t from 'tap';
import { MISBEHAVIOURS } from '../support/agency-server.ts';
import { linked, refusal } from '../support/linked.ts';
import { addBills, setClock } from '../support/world.ts';

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
  const { agency, agencies, biller, link } = await linked(t, { whenDown: 'stale' });
  agency.has('DZ-1');
  // Its word first, with all the time that a machine under load needs.
  await agencies.askBills(biller, link, ['DZ-1']);
  agency.misbehave(MISBEHAVIOURS['hangs']);
  const impatient = { ...link, deadlineMs: 50 };
  for (let i = 0; i < 5; i++) t.match(await agencies.askBills(biller, impatient, ['DZ-1']), { stale: true });
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
