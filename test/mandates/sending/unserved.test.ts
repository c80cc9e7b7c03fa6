// Debits that no agreement lets through are seen: in a metric, and once in the log.
import { Registry } from 'prom-client';
import t from 'tap';
import type { Static } from 'typebox';
import { resumeChannel, setChannel, suspendChannel } from '../../../src/channels/index.ts';
import { sendingMetrics, unservedSweep } from '../../../src/mandates/index.ts';
import type { DebitPage } from '../../../src/mandates/follow/answer-schema.ts';
import { unservedDebits } from '../../../src/mandates/sending/unserved.ts';
import { open } from '../../support/mandates.ts';
import { until } from '../../support/until.ts';
import { debitsSeen, makeSendingWorld, mandateFor, workDebits } from '../../support/sending.ts';
import { ACTOR, addBills, done } from '../../support/world.ts';

const PLAN = '2026-11-27T06:00:00Z';
const SEND = '2026-11-29T06:00:00Z';

t.test('what waits for an agreement', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending } = world;
  const registry = new Registry();
  sendingMetrics(registry, sending);
  sendingMetrics(registry, sending);
  const logged: unknown[] = [];
  const log = { ...sending.log, warn: (facts: unknown) => void logged.push(facts) };
  const sweep = unservedSweep({ ...sending, log });
  const values = async () =>
    (await registry.getSingleMetric('wasit_debits_unserved')?.get())?.values.map(({ labels, value }) => ({
      ...labels,
      value,
    }));

  // The gateway looks at the configuration from time to time.
  const waitFor = (why: string | null) =>
    until(`debits wait: ${why}`, async () => {
      const { body } = await world.agency.send<Static<typeof DebitPage>>('GET', '/v1/debits');
      return body?.items.length === 2 && body.items.every((each) => each.waits === why);
    });

  await mandateFor(world, 'S-1');
  await mandateFor(world, 'S-2');
  await addBills(db, 'om', [
    { number: 'D-1', payer: 'S-1', amount: '100.000', dueOn: '2026-11-30' },
    { number: 'D-2', payer: 'S-2', amount: '50.500', dueOn: '2026-11-30' },
  ]);
  await workDebits(world, PLAN);
  done(await suspendChannel(db, 'bank', ACTOR));
  await sending.directory.refresh();
  t.same(await values(), [], 'their day has not come');
  await workDebits(world, SEND);
  t.match(await debitsSeen(world), [{ state: 'planned' }, { state: 'planned' }]);
  t.match(await values(), [{ biller: 'om-social', channel: 'bank', value: 2 }]);
  await waitFor('channel-suspended');
  await sweep();
  await sweep();
  t.same(logged, [{ biller: 'om-social', channel: 'bank', why: 'channel-suspended', count: 2 }], 'told once');

  done(await resumeChannel(db, 'bank', ACTOR));
  await sending.directory.refresh();
  await workDebits(world);
  t.match(await debitsSeen(world), [{ state: 'sent' }, { state: 'sent' }]);
  t.same(await values(), []);
  await sweep();
  t.equal(logged.length, 1);
  await waitFor(null);
});

t.test('a bank that pays in advance collects nothing: no float pays what it has collected', async (t) => {
  const world = await makeSendingWorld(t);
  const { db, sending, agency } = world;
  await mandateFor(world, 'S-1');
  await addBills(db, 'om', [{ number: 'D-1', payer: 'S-1', amount: '100.000', dueOn: '2026-11-30' }]);
  await workDebits(world, PLAN);
  done(await setChannel(db, 'bank', { funding: 'prefunded' }, ACTOR));
  await sending.directory.refresh();
  t.equal((await workDebits(world, SEND)).size, 0);
  t.match(await debitsSeen(world), [{ state: 'planned' }], 'it waits');
  t.match(await unservedDebits(sending), [{ why: 'channel-prefunded', count: 1 }]);
  await until('the gateway has seen it', async () => (await open(agency, { payerId: 'S-2' })).status === 403);
  t.match(await open(agency, { payerId: 'S-2' }), {
    code: 'biller-not-served',
    problem: { field: 'funding', reason: /postpaid/ },
  });
  done(await setChannel(db, 'bank', { funding: 'postpaid' }, ACTOR));
  await sending.directory.refresh();
  t.equal((await workDebits(world)).size, 1);
  t.match(await debitsSeen(world), [{ state: 'sent' }]);
});
