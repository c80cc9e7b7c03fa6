// The link to an agency's own system: what is asked and what is kept.
import t from 'tap';
import { MISBEHAVIOURS } from '../support/agency-server.ts';
import { linked, refusal } from '../support/linked.ts';
import { until } from '../support/until.ts';
import { addBills, setClock } from '../support/world.ts';

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

t.test("a payer's bills: those named before and not named now are owed no longer", async (t) => {
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
  t.match(
    await standing(),
    [/DZ-0 open/, /DZ-1 open/, /DZ-2 open/, /DZ-9 open/],
    'DZ-0 was presented, and its link never spoke of it',
  );
  agency.has('DZ-0', { amount: { value: '5.00', currency: 'DZD' } });
  agency.has('DZ-2', { status: 'paid' });
  await agencies.askPayer(biller, link, 'P-1');
  t.match(await standing(), [/DZ-0 open/, /DZ-1 open/, /DZ-2 cancelled/, /DZ-9 open/]);
  agency.bills.delete('DZ-0');
  await agencies.askPayer(biller, link, 'P-1');
  t.match(await standing(), [/DZ-0 cancelled/, /DZ-1 open/, /DZ-2 cancelled/, /DZ-9 open/]);
  agency.has('DZ-0', { amount: { value: '5.00', currency: 'DZD' } });
  await agencies.askPayer(biller, link, 'P-1');
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

t.test('an answer that changes a thousand bills is kept by a few statements', async (t) => {
  const { agency, agencies, biller, link, db, standing, said } = await linked(t, { deadlineMs: 8000 });
  await db.transaction((tx) =>
    tx.query(
      `create table written (what text);
       create function note_written() returns trigger language plpgsql as
         $$ begin insert into written values (tg_table_name || ' ' || tg_op); return null; end $$;
       create trigger note after insert or update on bill for each statement execute function note_written();
       create trigger note after insert or update on bill_history for each statement execute function note_written();
       create trigger note after insert or update on bill_snapshot for each statement execute function note_written()`,
    ),
  );
  const numbers = Array.from({ length: 1000 }, (_, i) => `DZ-${String(i).padStart(4, '0')}`);
  const statuses = ['open', 'open', 'paid', 'cancelled', 'gone'] as const;
  const statusOf = (i: number): (typeof statuses)[number] => statuses[i % 5] ?? 'open';
  const written = (): Promise<string[]> =>
    db.transaction(async (tx) => {
      const rows = await tx.query<{ what: string }>('delete from written returning what');
      return rows.map(({ what }) => what);
    });
  for (const number of numbers) agency.has(number, { version: 1 });
  await agencies.askPayer(biller, link, 'P-1');
  await written();
  agency.misbehave((response) => response.end(JSON.stringify({ bills: [...agency.bills.values()] })));
  const amount = { value: '7.00', currency: 'DZD' };
  for (const [i, number] of numbers.entries()) {
    const status = statusOf(i);
    if (status === 'gone') agency.bills.delete(number);
    else
      agency.has(number, {
        version: 2,
        amount,
        status,
        ...(status === 'paid' && { paidAt: '2026-11-20T10:00:00Z' }),
      });
    // And some that were never open here.
    if (status === 'paid') agency.has(`DZ-X${i}`, { status });
  }
  await agencies.askPayer(biller, link, 'P-1');
  const lines = await standing();
  t.equal(lines.length, 1200);
  for (const [i, number] of numbers.entries()) {
    const expected = {
      open: 'open 700 v2 r2',
      paid: 'cancelled 700 v2 r2',
      cancelled: 'cancelled 700 v2 r2',
      gone: 'cancelled 10000 v1 r1',
    };
    if (lines[i] !== `${number} ${expected[statusOf(i)]}`) t.fail(String(lines[i]));
  }
  t.match(lines[1000], /^DZ-X.* cancelled /);
  t.equal((await said()).filter((line) => line.endsWith(' unknown')).length, 200);
  const counts = await db.transaction((tx) =>
    tx.query(
      `select reason, content -> 'note' ->> 'reason' as note, count(*)::int from bill_history group by 1, 2 order by 1, 2`,
    ),
  );
  t.strictSame(counts, [
    {
      reason: 'cancelled',
      note: 'not known to the agency, or not among the open bills of its payer',
      count: 200,
    },
    { reason: 'cancelled', note: 'owed no longer, says the agency', count: 200 },
    { reason: 'cancelled', note: 'paid elsewhere, says the agency', count: 400 },
    { reason: 'replaced', note: null, count: 800 },
  ]);
  const statements = await written();
  for (const number of [...agency.bills.keys()].filter((each) => each.startsWith('DZ-X')))
    agency.bills.delete(number);
  t.ok(statements.length < 12, statements.join(', '));
  for (const number of numbers)
    agency.has(number, { version: 2, amount: { value: '8.00', currency: 'DZD' } });
  t.match(await refusal(agencies.askPayer(biller, link, 'P-1')), { fault: 'contradiction' });
  t.strictSame(await standing(), lines, 'of an answer that contradicts itself nothing is kept');
});
