// Where the money of direct payments went: the line that proves each, and none of another payment.
import t from 'tap';
import { trace } from '../../src/desk/index.ts';
import { showId } from '../../src/kernel/ids.ts';
import { setChannelAccount, watchDirect } from '../../src/reconciliation/statements/index.ts';
import { camt } from '../support/bank-statement.ts';
import { close, collect, EVENING, makeRemitWorld, setAccount, work } from '../support/remit-world.ts';
import { bring, bringOurs, statementParts } from '../support/statement-world.ts';
import { ACTOR, BILLERS, done, setClock } from '../support/world.ts';

const THEIRS = '444000111222';

t.test('what is of a direct payment', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  await setAccount(db, 'om-social', '', { holder: 'Social', paysFrom: 'ours-omr', number: THEIRS });
  done(await setChannelAccount(db, 'transit', { number: '8800-11', isRemoved: false }, ACTOR));
  await collect(world, { '': '10.000' });
  for (const amount of ['20.500', '7.000', '3.000'])
    await collect(world, { '': amount }, { channel: 'transit' });
  await setClock(db, EVENING);
  const [one] = (await close(world)).remittances;
  await work(world, '2026-11-23T06:00:00Z');
  await watchDirect(db, [BILLERS.om.id]);
  const paid = await db.transaction((tx) =>
    tx.query<{ payment_id: string; reference: string }>(
      'select payment_id, reference from payment order by amount_minor',
    ),
  );
  const [three, seven, ten, twenty] = paid;
  const parts = statementParts(world);
  await bringOurs(parts, [
    { minor: -10_000n, e2e: one?.endToEndId ?? '' },
    { minor: 10_000n, text: 'WASIT/bank' },
    { minor: 100n, text: 'WASIT/transit' },
  ]);
  const bookings = [
    { minor: 20_500n, text: `credit ${twenty?.reference}` },
    { minor: 10_000n, from: { account: '880011' } },
  ];
  await bring(parts, camt({ account: THEIRS, currency: 'OMR', bookings }));

  const moneyOf = async (payment: { payment_id: string } | undefined) =>
    (await trace(db, showId('pay', payment?.payment_id ?? '')))?.payments[0]?.money;
  const lines = async (payment: { payment_id: string } | undefined) => {
    const money = await moneyOf(payment);
    return [money?.remittances.length, money?.lines.map(({ kind, amount }) => [kind, amount.value])];
  };
  t.strictSame(await lines(twenty), [0, [['direct', '20.500']]], 'the line that names it, and no other');
  t.strictSame(await lines(seven), [0, [['direct', '10.000']]], 'the rest of its date');
  t.strictSame(await lines(three), [0, [['direct', '10.000']]]);
  t.match(await moneyOf(twenty), { settlementId: /^stl_/ });
  t.match(
    await moneyOf(ten),
    { remittances: [{ endToEndId: one?.endToEndId, lines: [{ kind: 'remittance' }] }] },
    'what goes by way of the operator is remitted',
  );
  t.notOk((await moneyOf(ten))?.lines.some(({ kind }) => kind === 'direct'));
});
