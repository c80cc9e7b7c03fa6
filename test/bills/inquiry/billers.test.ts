// Whom a channel serves, as it is told.
import t from 'tap';
import { setAgreement, suspendChannel } from '../../../src/channels/index.ts';
import { Client } from '../../support/client.ts';
import { startTestWorld } from '../../support/gateway.ts';
import { colleague } from '../../support/staff.ts';
import { ACTOR, done } from '../../support/world.ts';

interface Listed {
  readonly items: readonly { readonly billerCode: string }[];
  readonly next: string | null;
}

await t.test('the agencies of whoever asks', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const codes = async (who: Client, query = ''): Promise<string[]> =>
    (await who.send<Listed>('GET', `/v1/billers${query}`)).body?.items.map((each) => each.billerCode) ?? [];

  t.match(await world.client('kiosk').send('GET', '/v1/billers'), {
    body: {
      items: [
        {
          billerCode: 'om-social',
          names: { en: 'om-social' },
          currency: 'OMR',
          policy: 'at-least',
          timeZone: 'Asia/Muscat',
          cutOff: '16:00',
          limitPerPayment: { value: '200.000', currency: 'OMR' },
        },
      ],
      next: null,
    },
  });
  t.same(await codes(world.client('bank')), ['dz-social', 'eg-local', 'om-social']);
  t.same(await codes(world.client('stranger')), [], 'no agreement');
  t.same(await codes(world.client('shop')), ['om-social']);
  t.same(await codes(world.client('shop'), '?method=cash&outletKind=agent'), ['om-social']);
  t.same(await codes(world.client('shop'), '?method=card'), [], 'not for cards');
  t.same(await codes(world.client('shop'), '?outletKind=kiosk'), [], 'not at kiosks');
  t.same(await codes(world.client('om-social')), ['om-social'], 'an agency finds itself');
  const support = await colleague(db, baseUrl, 'support', 'support');
  t.same(await codes(support), ['dz-social', 'eg-local', 'om-social'], 'the operator all');
  t.same(await codes(support, '?biller=om-social'), ['om-social']);

  const first = await support.send<Listed>('GET', '/v1/billers?limit=2');
  t.equal(first.body?.next, 'eg-local');
  t.same(await codes(support, '?limit=2&after=eg-local'), ['om-social'], 'page by page');

  const parties = { billerCode: 'dz-social', channelCode: 'bank' };
  const ended = { route: 'via-operator', validTo: '2026-11-21' } as const;
  done(await setAgreement(db, parties, ended, ACTOR));
  t.same(await codes(world.client('bank')), ['eg-local', 'om-social'], 'an agreement that has ended');
  done(await suspendChannel(db, 'bank', ACTOR));
  t.same(await codes(world.client('bank')), [], 'suspended, it serves none');
  t.match(await new Client(baseUrl, 'wsk_wrong').send('GET', '/v1/billers'), { code: 'unauthenticated' });
});
