// How a payment that persons enter counts as paid, where they do not say it: by the agreement.
import t from 'tap';
import { setAgreement } from '../../../src/channels/index.ts';
import { findOne, makeBreakWorld, resolve, resolved } from '../../support/breaks.ts';
import { ACTOR, BILLERS, done } from '../../support/world.ts';

t.test('the method of the agreement, else cash, else it has to be said', async (t) => {
  const world = await makeBreakWorld(t);
  const fees = [
    { per: 'payment', bearer: 'payer', flat: '0.200', methods: ['cash'] },
    { per: 'payment', bearer: 'payer', flat: '0.050' },
  ];
  const agree = async (methods: string[] | undefined) => {
    const parties = { billerCode: BILLERS.om.code, channelCode: 'bank' };
    const terms = { route: 'via-operator', fees, ...(methods && { methods }) };
    done(await setAgreement(world.db, parties, terms, ACTOR));
  };
  const missing = (number: string) =>
    findOne(world, { kind: 'missing-here', reference: `M-${number}`, theirs: { billNumber: number } });
  const paid = async (number: string) => {
    const rows = await world.db.transaction((tx) =>
      tx.query<{ method: string; fee_minor: bigint }>(
        'select method, fee_minor from payment where reference = $1',
        [`M-${number}`],
      ),
    );
    return rows[0];
  };
  for (const [number, methods, expected] of [
    ['OM-1', ['account'], { method: 'account', fee_minor: 50n }],
    ['OM-2', ['account', 'cash'], { method: 'cash', fee_minor: 200n }],
    ['OM-3', undefined, { method: 'cash', fee_minor: 200n }],
  ] as const) {
    await agree(methods && [...methods]);
    t.match(await resolved(world, await missing(number), 'post'), { body: { state: 'accepted' } });
    t.match(await paid(number), expected, number);
  }
  await agree(['card', 'account']);
  const id = await missing('OM-4');
  t.match(await resolve(world.one, id, 'post'), {
    code: 'malformed-request',
    problem: { errors: [{ pointer: '/method', detail: /card, account/ }] },
  });
  t.match(await resolved(world, id, 'post', { method: 'card' }), { body: { state: 'accepted' } });
  t.match(await paid('OM-4'), { method: 'card' });
});
