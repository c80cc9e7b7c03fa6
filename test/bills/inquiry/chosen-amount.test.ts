// An inquiry for an amount that the payer chose: its fee, and whether the bill takes it.
import t from 'tap';
import { setAgreement } from '../../../src/channels/index.ts';
import { bill } from '../../support/client.ts';
import { startTestWorld } from '../../support/gateway.ts';
import { ACTOR, addBills, done } from '../../support/world.ts';

const omr = (value: string) => ({ value, currency: 'OMR' });
const egp = (value: string) => ({ value, currency: 'EGP' });

await t.test('what a chosen amount costs', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  const bands = [
    { per: 'payment', bearer: 'payer', flat: '0.200', to: '100.000' },
    { per: 'payment', bearer: 'payer', flat: '0.500' },
  ] as const;
  const parties = { billerCode: 'om-social', channelCode: 'bank' };
  done(await setAgreement(world.db, parties, { route: 'via-operator', fees: [...bands] }, ACTOR));
  await addBills(world.db, 'om', [
    { number: 'OM-1', amount: '99.000', payer: 'E-7' },
    { number: 'OM-2', amount: '1.000', payer: 'E-7' },
  ]);
  await addBills(world.db, 'eg', [{ number: 'EG-1', min: '10.00', max: '50.00', step: '5.00' }]);
  const of = (billNumber: string, amount?: object, billerCode = 'om-social') =>
    bank.inquire({ billerCode, billNumber, ...(amount && { amount }) });

  t.match((await of('OM-1')).body?.bills[0], { fee: omr('0.200'), total: omr('99.200') });
  const more = (await of('OM-1', omr('120.000'))).body?.bills[0];
  t.match(more, { amountDue: omr('99.000'), fee: omr('0.500'), total: omr('120.500') });
  t.match(await of('OM-1', omr('98.999')), { code: 'underpayment' });
  t.match(await of('OM-1', egp('99.00')), { code: 'currency-mismatch' });
  t.match(await of('OM-1', omr('99.0')), { code: 'malformed-request' });
  t.match(await of('EG-1', egp('12.00'), 'eg-local'), { code: 'amount-out-of-range' });
  t.match((await of('EG-1', egp('15.00'), 'eg-local')).body?.bills[0], {
    amountDue: null,
    fee: egp('0.00'),
    total: egp('15.00'),
  });
  const ofPayer = { billerCode: 'om-social', payerId: 'E-7', amount: omr('100.000') };
  t.match(await bank.inquire(ofPayer), { code: 'malformed-request' }, 'of several bills nobody could say');

  const quoteId = more?.quoteId ?? '';
  const paid = await bank.pay({ bills: [bill('OM-1', '120.000', 'OMR', quoteId)], fee: omr('0.500') });
  t.match(paid, { status: 201, body: { total: omr('120.500') } }, 'the fee that was told is the one taken');
});
