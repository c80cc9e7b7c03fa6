// Deliveries in the hands of people: a test of the endpoint, a look at what stands aside, and sending events again.
import t, { type Test } from 'tap';
import { assertConfirmed, pay } from '../support/confirmed.ts';
import type { Client } from '../support/client.ts';
import { commandLine } from '../support/command-line.ts';
import { startConfirmingWorld, startTestWorker } from '../support/confirming.ts';
import { colleague } from '../support/staff.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

async function start(t: Test) {
  const world = await startConfirmingWorld(t);
  const numbers = await addManyBills(world.db, 'om', 'W', 20, '10.000');
  const payNext = (): Promise<string> => pay(world.client('bank'), numbers.shift() ?? '');
  return { world, agency: world.client('om-social'), payNext };
}

await t.test('a test goes out at once, signed, and says what came back', async (t) => {
  const { world, agency } = await start(t);
  await world.setWebhook();
  const test = async (): Promise<unknown> => (await agency.send('POST', '/v1/webhook/test')).body;
  t.same(await test(), { acknowledged: true });
  t.match(world.agency.requests, [{ id: /^test_/, type: 'webhook.test' }]);
  await world.setWebhook({ batch: true });
  t.same(await test(), { acknowledged: true });
  world.agency.answers(() => 500);
  t.same(await test(), { acknowledged: false, failure: 'status 500' });
  await world.agency.close();
  t.match(await test(), { acknowledged: false, failure: /^unreachable: / });
  t.same(world.agency.strange, []);
  const fed = await agency.send<{ items: unknown[] }>('GET', '/v1/events');
  t.same(fed.body?.items, [], 'it is no event');
});

await t.test('the operator looks at deliveries and sends events again', async (t) => {
  const { world, payNext } = await start(t);
  const { wasit } = await commandLine(t, world.url);
  const [none, nobody] = await Promise.all(
    ['om-social', 'nobody'].map((biller) => wasit('event', 'status', biller)),
  );
  t.match(none?.err, /no webhook/);
  t.match(nobody?.err, /no biller nobody/);
  await world.setWebhook();
  await startTestWorker(t, world);
  await payNext();
  const [told] = [...(await world.agency.books(1)).values()];
  const eventId = told?.data.eventId ?? '';
  const again = await wasit('event', 'resend', 'om-social', eventId);
  t.equal(again.out, '1 on their way again\n', again.err);
  await until('told twice', () => world.agency.told.length === 2);
  t.equal(world.agency.booked().size, 1);

  world.agency.answers((data) => (data.eventId === eventId ? 422 : 204));
  t.same(JSON.parse((await wasit('event', 'resend', 'om-social', eventId, '--json')).out), { resent: 1 });
  await until('refused, and given up', async () => {
    const parked = await world.db.transaction((tx) =>
      tx.query(`update delivery_aside set state = 'parked' where attempts > 0 returning 1`),
    );
    return parked.length === 1;
  });
  t.match((await wasit('event', 'list', 'om-social', '--parked')).out, new RegExp(`${eventId}.*parked.*422`));
  t.match((await wasit('event', 'status', 'om-social')).out, / 0 +0 +1 /);
  world.agency.answers(() => 204);
  t.equal((await wasit('event', 'resend', 'om-social', '--parked')).out, '1 on their way again\n');
  await assertConfirmed(t, world.db, world.agency);
  const other = eventId.replace(/.$/, (last) => (last === '0' ? '4' : '0'));
  const [list, unknown, nothing, both] = await Promise.all([
    wasit('event', 'list', 'om-social'),
    wasit('event', 'resend', 'om-social', other),
    wasit('event', 'resend', 'om-social'),
    wasit('event', 'resend', 'om-social', eventId, '--parked'),
  ]);
  t.equal(list.out, '(none)\n');
  t.match(unknown, { code: 1, err: /no such event/ });
  t.match([nothing.code, both.code], [2, 2], 'either ids or --parked');
  const rows = await world.db.transaction((tx) =>
    tx.query(
      `select action, subject, after from audit_log where action = 'event.resend' order by recorded_at`,
    ),
  );
  t.match(rows, [
    { subject: 'biller/1', after: { resent: 1, eventIds: [eventId] } },
    { after: { resent: 1 } },
    { after: { resent: 1 } },
  ]);
});

await t.test('the operator’s people send an agency’s events again, by name', async (t) => {
  const { world, payNext } = await start(t);
  const { db, baseUrl } = world;
  await world.setWebhook();
  await startTestWorker(t, world);
  await payNext();
  const [told] = [...(await world.agency.books(1)).values()];
  const eventIds = [told?.data.eventId];
  const support = await colleague(db, baseUrl, 'support', 'support');
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const resend = async (who: Client, billerCode?: string) =>
    (await who.send('POST', '/v1/deliveries/resend', { eventIds, billerCode })).code;
  t.equal(await resend(support), 'malformed-request', 'whose?');
  t.equal(await resend(support, 'nobody'), 'biller-not-found');
  t.equal(await resend(support, 'dz-social'), 'webhook-not-found');
  t.equal(await resend(officer, 'om-social'), 'forbidden', 'that is for keys');
  t.equal(await resend(world.client('dz-social'), 'om-social'), 'biller-not-found', 'another’s');
  t.equal(await resend(support, 'om-social'), 'ok');
  await until('told twice', () => world.agency.told.length === 2);
  t.match(await support.send('GET', '/v1/audit?action=event.resend'), {
    body: { items: [{ actor: 'support', after: { resent: 1, eventIds } }] },
  });
  t.equal(await resend(world.client('om-social'), 'om-social'), 'ok', 'an agency may name itself');
});
