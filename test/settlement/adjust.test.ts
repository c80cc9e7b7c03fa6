// Corrections by decision of persons: what the biller is owed, against suspense or the operator's fees, dated in the open
// day.
import t from 'tap';
import { newId, showId } from '../../src/kernel/ids.ts';
import { accept, ask, idOf } from '../support/approvals.ts';
import { bill } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague } from '../support/staff.ts';
import { setClock } from '../support/world.ts';

const OMR = (value: string): { value: string; currency: string } => ({ value, currency: 'OMR' });

t.test('adjustments', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const approver = await colleague(db, baseUrl, 'approver', 'approver', { billerCode: 'om-social' });
  await world.client('bank').pay({ bills: [bill('NOBODYS', '40.000')], cashHeld: true });
  const balances = async (): Promise<Record<string, bigint>> => {
    const rows = await db.transaction((tx) =>
      tx.query<{ code: string; total: bigint }>(
        `select a.code, -sum(b.amount_minor)::bigint as total from account a join balance b using (biller_id, account_no)
          where biller_id = 1 group by 1`,
      ),
    );
    return Object.fromEntries(rows.map(({ code, total }) => [code, total]));
  };
  const correct = async (content: object, decider = two): Promise<string> => {
    const id = await idOf(
      ask(one, 'adjustment', { reason: 'found out', ...content }, { billerCode: 'om-social' }),
    );
    return (await accept(decider, id)).code;
  };

  await t.test('against suspense, both ways', async (t) => {
    t.equal(await correct({ amount: OMR('15.000'), against: 'suspense' }), 'ok');
    t.match(await balances(), { suspense: 25_000n, 'biller/payable': 15_000n });
    t.equal(await correct({ amount: OMR('-5.000'), against: 'suspense' }), 'ok');
    t.match(await balances(), { suspense: 30_000n, 'biller/payable': 10_000n });
    t.equal(await correct({ amount: OMR('30.001'), against: 'suspense' }), 'credit-insufficient');
  });

  await t.test('against fees; less than nothing may be owed', async (t) => {
    t.equal(await correct({ amount: OMR('-25.000'), against: 'fees', channelCode: 'bank' }), 'ok');
    t.match(await balances(), { 'fees/income': 25_000n, 'biller/payable': -15_000n });
  });

  await t.test('dated in the open day, with who it is about', async (t) => {
    await setClock(db, '2026-11-22T13:00:00Z');
    t.equal(await correct({ amount: OMR('1.000'), against: 'fees' }), 'ok');
    const rows = await db.transaction((tx) =>
      tx.query('select amount_minor, business_date, channel_id from adjustment order by adjustment_id'),
    );
    t.match(rows, [
      { amount_minor: 15_000n, business_date: '2026-11-22' },
      { amount_minor: -5_000n, business_date: '2026-11-22' },
      { amount_minor: -25_000n, business_date: '2026-11-22', channel_id: Number },
      { amount_minor: 1_000n, business_date: '2026-11-23' },
    ]);
  });

  await t.test('an agency asks, and does not decide', async (t) => {
    const content = { amount: OMR('1.000'), against: 'fees', reason: 'please' };
    const id = await idOf(ask(officer, 'adjustment', content));
    t.match(await accept(approver, id), { code: 'forbidden' });
    t.match(await ask(approver, 'adjustment', content), { code: 'forbidden' });
    t.match(await ask(officer, 'adjustment', { ...content, amount: OMR('-1.500') }), {
      body: { summary: '1.500 OMR less for om-social against fees: please' },
    });
    t.match(await ask(officer, 'adjustment', content, { billerCode: 'dz-social' }), { code: 'forbidden' });
  });

  await t.test('what cannot be meant', async (t) => {
    const cases: [object, string][] = [
      [{ amount: OMR('0.000') }, 'malformed-request'],
      [{ amount: OMR('1.00') }, 'malformed-request'],
      [{ amount: { value: '1.00', currency: 'DZD' } }, 'currency-mismatch'],
      [{ against: 'bank' }, 'malformed-request'],
      [{ unit: 'nowhere' }, 'unit-not-found'],
      [{ service: 'none' }, 'service-not-found'],
      [{ channelCode: 'nobody' }, 'malformed-request'],
      [{ paymentId: 'pay_nonsense' }, 'malformed-request'],
      [{ paymentId: showId('pay', newId(0, 1)) }, 'payment-not-found'],
      [{ amount: undefined }, 'malformed-request'],
    ];
    for (const [change, code] of cases) {
      const content = { amount: OMR('1.000'), against: 'fees', reason: 'x', ...change };
      t.match(
        await ask(one, 'adjustment', content, { billerCode: 'om-social' }),
        { code },
        JSON.stringify(change),
      );
    }
  });
});
