// An agency's endpoint that fails in every way there is: its events wait in order, and all come when it is well.
import t, { type Test } from 'tap';
import { assertConfirmed, passTime, payThrice, standingOf } from '../support/confirmed.ts';
import { selfSignedCertificate } from '../support/certificate.ts';
import { SECRET, startConfirmingWorld, startTestWorker } from '../support/confirming.ts';
import {
  answering,
  hanging,
  hangingInBody,
  resetting,
  saying,
  startHostileServer,
  type Answer,
} from '../support/hostile-server.ts';
import { until } from '../support/until.ts';
import { addManyBills } from '../support/world.ts';

await t.test('endpoints that fail', async (t) => {
  const world = await startConfirmingWorld(t);
  await world.setWebhook();
  await startTestWorker(t, world);
  const { agency, db } = world;
  const { port } = agency;
  const elsewhere = await startHostileServer(t, answering(200));
  let rounds = 0;
  const bills = (): Promise<string[]> => addManyBills(db, 'om', `E${rounds++}-`, 6, '10.000');

  /** Until what came back says so. */
  const failsWith = (pattern: RegExp): Promise<string> =>
    until(`a failure ${pattern.source}`, async () => {
      await passTime(db);
      const { lastFailure } = await standingOf(db);
      return lastFailure !== null && pattern.test(lastFailure) && lastFailure;
    });

  const survives = async (t: Test, answer: Answer, pattern: RegExp): Promise<void> => {
    await agency.close();
    const hostile = await startHostileServer(t, answer, { port });
    await payThrice(world.client('bank'), await bills());
    await failsWith(pattern);
    t.ok(hostile.requests.length > 0);
    t.equal((await standingOf(db)).aside, 0, 'no event is blamed for it');
    await hostile.close();
    await agency.open(port);
    await assertConfirmed(t, db, agency);
  };

  await t.test('nobody takes the connection', async (t) => {
    await agency.close();
    await payThrice(world.client('bank'), await bills());
    await failsWith(/^unreachable: .*ECONNREFUSED/);
    await agency.open(port);
    await assertConfirmed(t, db, agency);
  });
  await t.test('status 500', (t) => survives(t, answering(500), /^status 500$/));
  await t.test('status 500 with an answer that says to come again in an hour', (t) =>
    survives(t, answering(503, '', { 'retry-after': '3600' }), /^status 503$/),
  );
  await t.test('a reset', (t) => survives(t, resetting, /^reset: /));
  await t.test('something that is not HTTP', (t) => survives(t, saying('SSH-2.0-x\r\n\r\n'), /^malformed: /));
  await t.test('ten megabytes of good will', (t) =>
    survives(t, answering(200, 'x'.repeat(10_000_000)), /^too-large: .*more than 65536 bytes/),
  );
  await t.test('a redirect is not followed', async (t) => {
    for (const status of [301, 302, 303, 307, 308])
      await survives(
        t,
        answering(status, '', { location: elsewhere.url() }),
        new RegExp(`^status ${status}$`),
      );
    t.same(elsewhere.connections, [], 'the other server saw nothing');
  });
  await t.test('it hangs, and then breaks off', async (t) => {
    for (const answer of [hanging, hangingInBody]) {
      await agency.close();
      const hostile = await startHostileServer(t, answer, { port });
      await payThrice(world.client('bank'), await bills());
      await until('it hangs', () => hostile.requests.length > 0);
      await hostile.close();
      await agency.open(port);
      await assertConfirmed(t, db, agency);
    }
  });
  await t.test('a certificate that nobody knows', async (t) => {
    const tls = await startHostileServer(t, answering(200), { tls: selfSignedCertificate('localhost') });
    await world.setWebhook({ url: `https://localhost:${tls.port}/` });
    await payThrice(world.client('bank'), await bills());
    await failsWith(/^tls: .*SELF_SIGNED/);
    t.same(tls.requests, [], 'it was told nothing');
    await world.setWebhook({ url: agency.url, secret: SECRET });
    await assertConfirmed(t, db, agency);
  });
});
