// Who places deposits asks linked agencies for the bills first, as a gateway asks before a payment: the command that imports
// a statement, and the worker that finds one in its folder.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t, { type Test } from 'tap';
import { addChannel, setAgreement } from '../../../src/channels/index.ts';
import { linkTo, startAgency, type Agency } from '../../support/agency-server.ts';
import { camt } from '../../support/bank-statement.ts';
import { commandLine } from '../../support/command-line.ts';
import { startTestWorker } from '../../support/confirming.ts';
import { makeRemitWorld, type RemitWorld } from '../../support/remit-world.ts';
import { breaksOf } from '../../support/statement-world.ts';
import { until } from '../../support/until.ts';
import { ACTOR, addBills, done } from '../../support/world.ts';

const PRIVATE = { WASIT_PRIVATE_NETWORKS: '127.0.0.0/8' };
const SAID = [{ kind: 'deposit-already-paid', ours: { refusal: 'bill-already-paid' } }];
const file = camt({
  account: '9900DZD1234567890',
  currency: 'DZD',
  bookings: [{ minor: 10_000n, text: 'facture DZ-26-0001' }],
});

t.test('the command', async (t) => {
  const { world, agency } = await linked(t);
  const { wasit, dir } = await commandLine(t, world.url, PRIVATE);
  await writeFile(path.join(dir, 'a.xml'), file);
  t.match(await wasit('statement', 'import', path.join(dir, 'a.xml')), { code: 0, out: /deposit/ });
  t.equal(agency.questions.length, 1);
  t.match(await breaksOf(world.db), SAID, 'it was paid elsewhere');
});

t.test('the worker', async (t) => {
  const { world, agency } = await linked(t);
  const folder = path.join(world.dataDir, 'statements', 'main');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'a.xml'), file);
  const worker = await startTestWorker(t, world, { ...PRIVATE, WASIT_DATA_DIR: world.dataDir });
  await until('the line is placed', async () => (await breaksOf(world.db)).length > 0);
  t.match(await breaksOf(world.db), SAID);
  t.equal(agency.questions.length, 1);
  t.match(await worker.registry.metrics(), /wasit_link_circuit\{biller="dz-social"\} 0/);
});

async function linked(t: Test): Promise<{ world: RemitWorld; agency: Agency }> {
  const world = await makeRemitWorld(t);
  const agency = await startAgency(t);
  await linkTo(world.db, agency, { freshForSeconds: 0, whenDown: 'refuse' });
  done(await addChannel(world.db, 'deposit', { name: { en: 'Deposits' }, kind: 'deposit' }, ACTOR));
  const parties = { billerCode: 'dz-social', channelCode: 'deposit' };
  const since = new Date('2026-01-01T00:00:00Z');
  done(await setAgreement(world.db, parties, { route: 'via-operator' }, ACTOR, since));
  await addBills(world.db, 'dz', [{ number: 'DZ-26-0001', amount: '100.00', payer: 'P-1001' }]);
  agency.has('DZ-26-0001', { payerId: 'P-1001', status: 'paid' });
  return { world, agency };
}
