// A quote holds what an inquiry said, over a new fee, a new penalty day and the bill's last day; it does not hold
// for another channel or bill, altered, run out, or for a bill that was replaced, paid or cancelled since.
import t from 'tap';
import { setAgreement } from '../../src/channels/index.ts';
import { bill, type Client } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { ACTOR, addBills, done, setClock } from '../support/world.ts';

async function quoteOf(
  client: Client,
  billNumber: string,
  billerCode = 'om-social',
): Promise<{ quoteId: string; due: string; fee: string }> {
  const asked = await client.inquire({ billerCode, billNumber, method: 'cash' });
  const found = asked.body?.bills[0];
  return { quoteId: found?.quoteId ?? '', due: found?.amountDue?.value ?? '', fee: found?.fee?.value ?? '' };
}

t.test('quotes', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  await addBills(world.db, 'om', [
    ...['FEE', 'FEE-2', 'OLD', 'OTHER', 'ALTERED', 'REPLACED', 'PAID', 'CANCELLED'].map((number) => ({
      number,
      amount: '10.000',
    })),
    { number: 'LAST-DAY', amount: '10.000', expiresOn: '2026-11-22' },
  ]);
  await addBills(world.db, 'dz', [
    { number: 'LATE', amount: '1000.00', dueOn: '2026-11-22' },
    { number: 'LATE-2', amount: '1000.00', dueOn: '2026-11-22' },
  ]);

  await t.test('the fee that was quoted, though the agreement has changed', async (t) => {
    const { quoteId, fee } = await quoteOf(bank, 'FEE');
    t.equal(fee, '0.200');
    const terms = { route: 'via-operator', fees: [{ per: 'payment', bearer: 'payer', flat: '0.700' }] };
    done(await setAgreement(world.db, { billerCode: 'om-social', channelCode: 'bank' }, terms, ACTOR));
    const paid = await bank.pay({
      bills: [bill('FEE', '10.000', 'OMR', quoteId)],
      fee: { value: '0.200', currency: 'OMR' },
    });
    t.equal(paid.body?.fee.value, '0.200', paid.text);
    const mixed = await quoteOf(bank, 'OTHER');
    const half = await bank.pay({
      bills: [bill('FEE-2', '10.000'), bill('OTHER', '10.000', 'OMR', mixed.quoteId)],
    });
    t.equal(half.body?.fee.value, '0.700', 'one bill without a quote: the fee of today');
  });

  await t.test('not for another channel, another bill, or altered', async (t) => {
    const { quoteId } = await quoteOf(bank, 'ALTERED');
    const middle = quoteId.length >> 1;
    const altered =
      quoteId.slice(0, middle) + (quoteId[middle] === 'A' ? 'B' : 'A') + quoteId.slice(middle + 1);
    t.equal((await bank.pay({ bills: [bill('ALTERED', '10.000', 'OMR', altered)] })).code, 'quote-invalid');
    t.equal((await bank.pay({ bills: [bill('REPLACED', '10.000', 'OMR', quoteId)] })).code, 'quote-invalid');
    t.equal(
      (await world.client('agent').pay({ bills: [bill('ALTERED', '10.000', 'OMR', quoteId)] })).code,
      'quote-invalid',
    );
    t.equal(
      (await bank.pay({ bills: [bill('ALTERED', '10.000', 'OMR', quoteId)] })).code,
      'ok',
      'untouched it holds',
    );
  });

  await t.test('not for a bill replaced, paid or cancelled since', async (t) => {
    const quotes = [];
    for (const number of ['REPLACED', 'PAID', 'CANCELLED'])
      quotes.push((await quoteOf(bank, number)).quoteId);
    const agency = world.client('om-social');
    const content = {
      payerId: 'E-1',
      payerName: 'Salim',
      description: 'Contribution',
      amount: { value: '8.000', currency: 'OMR' },
      dueOn: '2026-12-31',
    };
    t.equal((await agency.send('PUT', '/v1/bills/REPLACED', content)).status, 200);
    await world.client('agent').pay({ bills: [bill('PAID', '10.000')] });
    t.equal(
      (
        await agency.send('POST', '/v1/bills/CANCELLED/cancellation', {
          reference: 'C-1',
          reason: 'issued twice',
        })
      ).status,
      200,
    );
    const codes = [];
    for (const [i, number] of ['REPLACED', 'PAID', 'CANCELLED'].entries())
      codes.push((await bank.pay({ bills: [bill(number, '10.000', 'OMR', quotes[i])] })).code);
    t.same(codes, ['bill-replaced', 'bill-already-paid', 'bill-cancelled']);
  });

  await t.test(
    'past midnight: penalty and last day are those of the quote; run out, those of today',
    async (t) => {
      await setClock(world.db, '2026-11-22T19:55:00Z'); // 23:55 in Muscat, 20:55 in Algiers
      const old = await quoteOf(bank, 'OLD');
      const lastDay = await quoteOf(bank, 'LAST-DAY');
      await setClock(world.db, '2026-11-22T20:05:00Z');
      t.equal((await bank.pay({ bills: [bill('LAST-DAY', '10.000')] })).code, 'bill-expired');
      t.equal((await bank.pay({ bills: [bill('LAST-DAY', '10.000', 'OMR', lastDay.quoteId)] })).code, 'ok');
      await setClock(world.db, '2026-11-22T22:55:00Z');
      const late = await quoteOf(bank, 'LATE', 'dz-social');
      t.equal(late.due, '1000.00');
      const later = await quoteOf(bank, 'LATE-2', 'dz-social');
      await setClock(world.db, '2026-11-22T23:05:00Z');
      t.equal(
        (await bank.inquire({ billerCode: 'dz-social', billNumber: 'LATE' })).body?.bills[0]?.amountDue
          ?.value,
        '1050.00',
      );
      const held = await bank.pay({
        billerCode: 'dz-social',
        bills: [bill('LATE', '1000.00', 'DZD', late.quoteId)],
      });
      t.equal(held.code, 'ok', held.text);
      t.same(held.body?.bills[0]?.penalty, { value: '0.00', currency: 'DZD' });
      await setClock(world.db, '2026-11-22T23:11:00Z');
      t.equal(
        (
          await bank.pay({
            billerCode: 'dz-social',
            bills: [bill('LATE-2', '1000.00', 'DZD', later.quoteId)],
          })
        ).code,
        'underpayment',
      );
      const paid = await bank.pay({
        billerCode: 'dz-social',
        bills: [bill('LATE-2', '1050.00', 'DZD', later.quoteId)],
      });
      t.same(
        paid.body?.bills[0]?.penalty,
        { value: '50.00', currency: 'DZD' },
        'a quote that has run out is none',
      );
      t.equal((await bank.pay({ bills: [bill('OLD', '10.000', 'OMR', old.quoteId)] })).code, 'ok');
    },
  );
});
