// A deposit that nobody could place, through the work list: asked by one, approved by another, out of suspense into a bill.
import t from 'tap';
import { placeDeposits } from '../../../src/reconciliation/deposits/index.ts';
import type { BreakAnswer, BreakEntry } from '../../../src/reconciliation/breaks/schema.ts';
import { look, resolve, resolved } from '../../support/breaks.ts';
import { depositWorld } from '../../support/deposits.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { colleague } from '../../support/staff.ts';
import { addBills } from '../../support/world.ts';

function sketch({ book, kind, paymentId, postings }: BreakAnswer['journals'][0]): string {
  return `${book} ${kind} ${paymentId}: ${postings.map(({ side, account }) => `${side} ${account}`).join(', ')}`;
}

t.test('an unplaced deposit as work', async (t) => {
  const world = await depositWorld(t);
  const { db } = world;
  await addBills(db, 'om', [
    { number: 'OM-26-0001', amount: '10.000', payer: 'E-20417' },
    { number: 'OM-26-0002', amount: '10.001', payer: 'E-20417' },
    { number: 'OM-26-0003', amount: '10.000', payer: 'E-20417', status: 'cancelled' },
  ]);
  const lines = await world.arrive([
    { text: 'thank you', amount: '10.000' },
    { text: 'merci', amount: '15.000' },
  ]);
  await placeDeposits(world.tools, lines);
  const { baseUrl } = await startTestGateway(t, world);
  const one = await colleague(db, baseUrl, 'one', 'support');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  const { body } = await one.send<{ items: BreakEntry[] }>('GET', '/v1/breaks?kind=unplaced-deposit');
  const ofLine = (line: number): string =>
    body?.items.find(({ statement }) => statement?.line === line)?.breakId ?? '';
  const [bill, payer] = [ofLine(1), ofLine(2)];
  t.match(await look(one, bill), {
    body: { mayEndBy: ['place', 'channel-transfer', 'debit'], statement: { line: 1 } },
  });
  t.match(await resolve(one, bill, 'place', { billerCode: 'om-social' }), { code: 'malformed-request' });
  const asking = (content: object) => resolve(one, bill, 'place', { billerCode: 'om-social', ...content });
  t.match(await asking({ billNumber: 'NOBODYS' }), { code: 'bill-not-found' });
  t.match(await asking({ billNumber: 'OM-26-0002' }), { code: 'underpayment' }, 'it needs more');
  t.match(await asking({ billNumber: 'OM-26-0003' }), { code: 'bill-cancelled' });
  t.match(await asking({ payerId: 'NOBODY' }), { code: 'approval-impossible' });
  t.match((await look(one, bill)).body, { state: 'open', approvalId: null, history: { length: 1 } });
  t.match(
    await resolved({ db, one, two }, bill, 'place', { billerCode: 'om-social', billNumber: 'OM-26-0001' }),
    { body: { state: 'accepted' } },
  );
  t.match(await look(one, bill), {
    body: { state: 'resolved', history: [{}, {}, { content: { paymentId: /^pay_/ } }] },
  });
  const ended = (await look(one, bill)).body;
  t.equal(ended?.paymentId, ended?.history.at(-1)?.content?.paymentId);
  t.strictSame(ended?.journals.map(sketch), [
    'null suspense null: credit bank ours-omr, debit suspense',
    `om-social payment ${ended?.paymentId}: debit channel/receivable deposit, credit biller/payable`,
    `om-social deposit ${ended?.paymentId}: debit bank ours-omr, credit channel/receivable deposit`,
  ]);
  const listed = await one.send<{ items: BreakEntry[] }>('GET', '/v1/breaks?state=resolved');
  t.equal(listed.body?.items[0]?.paymentId, ended?.paymentId);
  t.match(await resolved({ db, one, two }, payer, 'place', { billerCode: 'om-social', payerId: 'E-20417' }), {
    body: { state: 'accepted' },
  });
  const credit = (await look(one, payer)).body;
  t.match(credit, { paymentId: null, journals: [{ resolution: 'place' }, { kind: 'deposit' }] });
  t.match(await world.told(lines), [{ outcome: 'deposit' }, { outcome: 'deposit' }]);
});
