// One mandate that covers bills of two agencies: to each its own debit, file, account, events, answers and words to the payer,
// and nothing of the other.
import t from 'tap';
import { showId } from '../../src/kernel/ids.ts';
import { endToEndIdOf } from '../../src/mandates/debits/index.ts';
import { planDebits } from '../../src/mandates/index.ts';
import { messageIdOf } from '../../src/orders/index.ts';
import { answer, report } from '../support/bank-answers.ts';
import { act, decide, look, opened, validate } from '../support/mandates.ts';
import type { Client } from '../support/client.ts';
import { balances } from '../support/remit-world.ts';
import { book, debitsSeen, makeSendingWorld, workDebits, type SendingWorld } from '../support/sending.ts';
import { until } from '../support/until.ts';
import { addWater, WATER, WATERS_ACCOUNT, type Water } from '../support/water.ts';
import { addBills, BILLERS, setClock } from '../support/world.ts';

const OM = BILLERS.om;
const PLAN = '2026-11-27T06:00:00Z';
const dueOn = '2026-11-30';

interface Told {
  readonly type: string;
  readonly text: string;
  readonly payload: Record<string, unknown>;
  readonly for_payers: boolean | null;
}

/** In the feed of an agency, in order. */
function told({ db }: SendingWorld, billerId: number, like: string): Promise<Told[]> {
  return db.transaction((tx) =>
    tx.query<Told>(
      `select e.type, e.payload::text as text, e.payload, o.for_payers from event e
         left join event_outbox o using (biller_id, event_id)
        where e.biller_id = $1 and e.type like $2 order by e.recorded_at, e.event_id`,
      [billerId, like],
    ),
  );
}

/** The first agency's number of the payer is somebody else's with the second. */
async function covered(world: SendingWorld, { decider, bills }: Water): Promise<string> {
  const { db, agency, bank, approver } = world;
  const covers = ['W-1', 'W-2'].map((payerId) => ({ billerCode: WATER.code, payerId }));
  const mandate = { payerId: 'S-1', announceDays: 3, validFrom: '2026-11-01', covers };
  const id = await until('the gateway knows the second agency', () =>
    opened(agency, mandate).catch(() => undefined),
  );
  await validate(bank, id);
  await decide(approver, id, 'accept');
  await addBills(db, 'om', [{ number: 'A-1', payer: 'S-1', amount: '300.000', dueOn }]);
  await bills([
    { number: 'W-A', payer: 'W-1', amount: '100.000', dueOn },
    { number: 'W-B', payer: 'W-2', amount: '50.000', dueOn },
    { number: 'W-C', payer: 'S-1', amount: '7.000', dueOn },
  ]);
  await setClock(db, PLAN);
  t.equal(await planDebits(world.sending, WATER.id), 0, 'it has not accepted its part');
  await decide(decider, id, 'accept');
  return id;
}

t.test('two debits to two accounts', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, agency } = world;
  const other = await addWater(world);
  const { water } = other;
  const mandateId = await covered(world, other);
  await planDebits(world.sending, WATER.id);
  await workDebits(world, PLAN);
  const files = await workDebits(world, '2026-11-29T06:00:00Z');
  const [ours] = await debitsSeen(world);
  const [theirs] = await debitsSeen(world, WATER.id);
  if (ours === undefined || theirs === undefined) throw new Error('nothing was planned');
  t.same([ours.bills, theirs.bills], [['A-1'], ['W-A', 'W-B']], 'each its own');
  const [first = '', second = ''] = [...files.values()];
  const names = [ours, theirs].map(({ debit_id: id }) => endToEndIdOf(id));
  t.equal(files.size, 2);
  t.match(first, `<Id>9900OMR1234567890</Id></Othr></Id><Ccy>OMR</Ccy></CdtrAcct>`);
  t.match(second, `<Id>${WATERS_ACCOUNT}</Id></Othr></Id><Ccy>OMR</Ccy></CdtrAcct>`);
  t.same(
    [first, second].map((text) => names.map((name) => text.includes(name))),
    [
      [true, false],
      [false, true],
    ],
  );

  const [ourId, theirId] = [ours, theirs].map(({ debit_id: id }) => showId('dbt', id));
  for (const [client, own, others, payerId] of [
    [agency, ourId, theirId, 'S-1'],
    [water, theirId, ourId, 'W-1'],
  ] as const) {
    t.match(await client.send('GET', `/v1/debits/${others}`), { code: 'debit-not-found' });
    const { body } = await client.send<{ items: object[] }>('GET', `/v1/debits?mandateId=${mandateId}`);
    t.match(body?.items, [{ debitId: own, payerId }], 'by the number that the agency has for him');
    t.equal(body?.items.length, 1);
  }
  t.match(
    await agency.send('POST', '/v1/debits', { reference: 'N-1', mandateId, bills: ['W-A'] }),
    { problem: { bills: [{ billNumber: 'W-A', code: 'bill-not-found' }] } },
    'a bill of another agency is none',
  );

  const said = [
    [names[0] ?? '', 'ACSC'],
    [names[1] ?? '', 'RJCT'],
  ] as const;
  await setClock(db, '2026-11-30T06:00:00Z');
  const wrong = await answer(world, report(messageIdOf(theirs.file_id ?? ''), '', said));
  t.same(wrong.outcome.unknown, [names[0]], 'said in the answer to another agency’s file: of none in it');
  await answer(world, report(messageIdOf(ours.file_id ?? ''), '', said.slice(0, 1)));
  await book(world);
  t.match(
    [...(await debitsSeen(world)), ...(await debitsSeen(world, WATER.id))],
    [
      { state: 'collected', bills: ['A-1 paid'] },
      { state: 'failed', bills: ['W-A failed', 'W-B failed'] },
    ],
  );
  t.match(await balances(db, OM.id), { 'channel/receivable/1': 300_000n });
  t.same(await balances(db, WATER.id), {});
  for (const [billerId, own, others] of [
    [OM.id, ourId, theirId],
    [WATER.id, theirId, ourId],
  ] as const) {
    const events = await told(world, billerId, '%');
    const ofDebits = events.filter(({ type }) => type.startsWith('debit.'));
    t.ok(ofDebits.every(({ payload }) => payload['debitId'] === own));
    t.notOk(events.some(({ text }) => text.includes(others ?? '-')));
  }
  const types = (await told(world, WATER.id, 'debit.%')).map(({ type }) => type);
  t.same(types, ['debit.announced', 'debit.sent', 'debit.failed']);
  t.same(await told(world, WATER.id, 'payment.%'), []);
});

t.test(
  'suspended while each has a debit with the bank: each is told of its own, and the payer of both',
  async (t) => {
    const world = await makeSendingWorld(t);
    const other = await addWater(world);
    const mandateId = await covered(world, other);
    await planDebits(world.sending, WATER.id);
    await workDebits(world, PLAN);
    await workDebits(world, '2026-11-29T06:00:00Z');
    await act(world.agency, mandateId, 'suspension', { reason: 'asked for time' });
    const of = (value: string) => [{ amount: { value, currency: 'OMR' }, collectOn: dueOn }];
    for (const [billerId, underWay] of [
      [OM.id, of('300.000')],
      [WATER.id, of('150.000')],
    ] as const) {
      const [event, ...more] = await told(world, billerId, 'mandate.suspended');
      t.same(more, []);
      t.match(event, { for_payers: true, payload: { underWay } });
      t.equal((event?.payload['underWay'] as object[]).length, 1);
    }
    await act(world.agency, mandateId, 'resumption', { reason: 'in order' });
    t.match(await told(world, WATER.id, 'mandate.resumed'), [{ for_payers: null }], 'said by one alone');
  },
);

t.test('the payer is found by each agency’s own number, and its people are its own', async (t) => {
  const world = await makeSendingWorld(t);
  const { agency, approver, operator } = world;
  const other = await addWater(world);
  const { water, decider } = other;
  const mandateId = await covered(world, other);
  const found = async (by: Client, payerId: string) => {
    const { body } = await by.send<{ items: { mandateId: string }[] }>(
      'GET',
      `/v1/mandates?payerId=${payerId}`,
    );
    return body?.items.map((item) => item.mandateId);
  };
  for (const [by, payerId, isHis] of [
    [water, 'W-1', true],
    [water, 'W-2', true],
    [water, 'S-1', false],
    [agency, 'S-1', true],
    [agency, 'W-1', false],
    [operator, 'S-1', true],
    [operator, 'W-2', true],
    [operator, 'W-3', false],
  ] as const)
    t.same(await found(by, payerId), isHis ? [mandateId] : [], payerId);
  const deciders = async (by: Client) =>
    (await look(by, mandateId)).body?.history.flatMap((step) => step.by ?? []).map(({ login }) => login);
  t.same(await deciders(approver), ['approver']);
  t.same(await deciders(water), ['water']);
  t.same(await deciders(decider), ['water']);
  t.same(await deciders(operator), ['approver', 'water']);
});
