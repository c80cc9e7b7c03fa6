// Redis only carries and counts. Without it payments pass, and each gateway holds its clients to their rate alone.
import t from 'tap';
import { setChannel } from '../../src/channels/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { bill, requestOf } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { until } from '../support/until.ts';
import { ACTOR, addManyBills, done } from '../support/world.ts';

t.test('Redis is absent', async (t) => {
  const world = await startTestWorld(t, { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
  const bank = world.client('bank');
  const numbers = await addManyBills(world.db, 'om', 'R', 200, '10.000');

  await t.test('traffic passes', async (t) => {
    const answers = await Promise.all(
      numbers.splice(0, 50).map((number) => bank.pay({ bills: [bill(number, '10.000')] })),
    );
    t.same([...new Set(answers.map(({ code }) => code))], ['ok']);
    t.equal((await fetch(`${world.baseUrl}/health/live`)).status, 200);
  });

  await t.test(
    'a client’s rate is held, counted here; replays and status have a budget of their own',
    async (t) => {
      const recorded = requestOf({ bills: [bill(numbers.pop() ?? '', '10.000')] });
      await bank.pay(recorded);
      done(await setChannel(world.db, 'bank', { rateLimit: 10 }, ACTOR));
      await until(
        'the limit is known',
        async () => (await bank.status('none')).headers.get('ratelimit-limit') === '10',
      );
      const second = (): number => Math.floor(Date.now() / 1000);
      // What is asked must fall into one second of the count; on a slow machine it may take another try.
      const { sent, codes, replayed, status } = await until('twelve payments in one second', async () => {
        await until('a second begins', () => Date.now() % 1000 < 50);
        const began = second();
        const sent = numbers.splice(0, 12).map((number) => requestOf({ bills: [bill(number, '10.000')] }));
        const codes = (await Promise.all(sent.map((request) => bank.pay(request)))).map(({ code }) => code);
        const replayed = (await bank.pay(recorded)).headers.get('idempotent-replayed');
        const status = (await bank.status(recorded.reference)).code;
        return second() === began && { sent, codes, replayed, status };
      });
      t.equal(codes.filter((code) => code === 'ok').length, 10);
      t.equal(codes.filter((code) => code === 'too-many-requests').length, 2);
      t.same([replayed, status], ['true', 'ok']);
      const refused = sent[codes.indexOf('too-many-requests')];
      const later = await until('the next second', async () => {
        const answer = await bank.pay(refused ?? recorded);
        return answer.code === 'too-many-requests' ? undefined : answer;
      });
      t.equal(later.code, 'ok', 'the same reference, later');
      t.equal(later.headers.get('idempotent-replayed'), null, 'had not been recorded');
    },
  );
});
