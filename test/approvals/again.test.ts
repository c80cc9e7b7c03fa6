// One reference of a kind is one request for ever: asking again, when an answer was lost or a week later, is told of the
// request as it stands, also when it has been done and could not be done a second time.
import t from 'tap';
import { accept, ask, attachFile, idOf } from '../support/approvals.ts';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';
import { addBills } from '../support/world.ts';

const amount = { value: '30.000', currency: 'OMR' };
const payerId = 'E-1';

/** Of each kind that persons ask for: what is asked, and something else that is not what was asked. */
const ASKED: Record<string, { content: object; other: object }> = {
  'credit-apply': { content: { payerId, amount, billNumber: 'NEXT' }, other: { billNumber: 'OTHER' } },
  'credit-remit': { content: { payerId, amount, reason: 'of 2025' }, other: { reason: 'of 2024' } },
  'credit-refund': {
    content: { payerId, amount, holder: 'Salim Al Harthy', accountNumber: 'OM81 0180 0000 0129 9123 456' },
    other: { holder: 'Somebody else' },
  },
  adjustment: {
    content: { amount, against: 'suspense', reason: 'found out' },
    other: { amount: { ...amount, value: '30.001' } },
  },
  'top-up': { content: { channelCode: 'agent', amount }, other: { amount: { ...amount, value: '30.001' } } },
};

t.test('asked again after it was done', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  await addBills(db, 'om', [
    { number: 'PAID', amount: '90.000' },
    { number: 'NEXT', amount: '30.000' },
    { number: 'OTHER', amount: '30.000' },
  ]);
  const held = { bills: [bill('PAID', '90.000')], cashHeld: true };
  await world.client('bank').pay({ bills: [bill('PAID', '90.000')] });
  await world.client('bank').pay(held); // thrice thirty of the payer's
  await world.client('bank').pay({ bills: [bill('NOBODYS', '30.000')], cashHeld: true });
  for (const [kind, { content, other }] of Object.entries(ASKED)) {
    const again = (change: object = {}) =>
      ask(
        one,
        kind,
        { ...content, ...change },
        {
          reference: 'ONCE',
          ...(kind !== 'top-up' && { billerCode: 'om-social' }),
        },
      );
    const id = await idOf(again());
    t.match(await again(), { status: 200, body: { approvalId: id, state: 'open' } }, `${kind} open`);
    if (kind === 'credit-refund') await attachFile(baseUrl, await session(db, 'one'), id);
    t.equal((await accept(two, id)).code, 'ok', `${kind} accepted`);
    t.match(await again(), { status: 200, body: { approvalId: id, state: 'accepted' } }, `${kind} done`);
    t.equal((await again(other)).code, 'reference-reused', `${kind} of something else`);
  }
  const [row] = await db.transaction((tx) =>
    tx.query<{ requests: number; left: bigint }>(
      `select (select count(*)::int from approval) as requests,
              (select sum(available_minor)::bigint from credit where biller_id = 1) as left`,
    ),
  );
  t.same(row, { requests: Object.keys(ASKED).length, left: 0n });
});
