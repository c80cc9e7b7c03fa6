// Every account of the demo bank, asked for a mandate and an immediate debit through a whole installation: what its page says is
// what comes of it.
import t from 'tap';
import { loadMasterKey, readConfig } from '../../src/config.ts';
import { openDemoBank } from '../../src/demo/bank/open-bank.ts';
import { readDemoFile } from '../../src/demo/index.ts';
import { openDatabase } from '../../src/platform/db/index.ts';
import { freePort } from '../../src/platform/embedded/index.ts';
import { Client } from '../support/client.ts';
import { RIBS } from '../support/demo-bank.ts';
import { startWasit } from '../support/start-wasit.ts';
import { until } from '../support/until.ts';
import { ACTOR } from '../support/world.ts';

interface Shown {
  readonly state: string;
  readonly mandateId: string;
  readonly debitId: string;
  readonly reason: { readonly cause: string } | null;
}

const amount = (value: string) => ({ value, currency: 'DZD' });

await t.test('each account does what the page says', async (t) => {
  const { dataDir, wasit } = await startWasit(t);
  const demo = await readDemoFile(dataDir);
  if (demo === undefined) throw new Error('there is no demo.json');
  const database = openDatabase(demo.databaseUrl, { poolSize: 2, applicationName: 'wasit-test' });
  t.teardown(() => database.close());
  const bank = await openDemoBank({
    database,
    masterKey: await loadMasterKey(readConfig({ WASIT_DATA_DIR: dataDir })),
    allowedNetworks: ['127.0.0.0/8'],
    demo,
    dataDir,
    port: await freePort(),
    actor: ACTOR,
    say: () => undefined,
  });
  t.teardown(() => bank.stop());
  const agency = new Client(demo.baseUrl, demo.clients['dz-social']?.key ?? '');
  const { login, password } = demo.staff.find((each) => each.login === 'nadia') ?? {};
  const session = await agency.send<{ token: string }>('POST', '/v1/sessions', { login, password });
  const person = new Client(demo.baseUrl, session.body?.token ?? '');

  const mandates = new Map<string, string>();
  for (const [name, number] of Object.entries(RIBS)) {
    const { body, text } = await agency.send<Shown>('POST', '/v1/mandates', {
      reference: name,
      payerId: name,
      payerName: 'Amel',
      account: { number, holder: 'Amel' },
      channelCode: 'bank-one',
      collect: { on: 'demand' },
      ceiling: { perDebit: amount('500.00'), perMonth: amount('500.00') },
      validFrom: '2026-01-01',
    });
    if (body === undefined) throw new Error(text);
    mandates.set(name, body.mandateId);
  }
  const stateOf = async (name: string) =>
    (await agency.send<Shown>('GET', `/v1/mandates/${mandates.get(name)}`)).body?.state;
  await until('mandates are answered', async () => {
    const states = await Promise.all([...mandates.keys()].map(stateOf));
    return states.filter((state) => state === 'submitted').length === 1;
  });
  t.equal(await stateOf('refuses'), 'bank-refused');
  t.equal(await stateOf('silent'), 'submitted');

  const debit = async (name: string) => {
    const id = mandates.get(name);
    await person.send('POST', `/v1/mandates/${id}/decision`, { decision: 'accept', comment: 'seen' });
    await agency.send('PUT', `/v1/bills/B-${name}`, {
      payerId: name,
      payerName: 'Amel',
      description: 'Cotisation',
      amount: amount('100.00'),
      dueOn: '2099-12-31',
    });
    const { body, text } = await agency.send<Shown>('POST', '/v1/debits', { mandateId: id, reference: name });
    if (body === undefined) throw new Error(text);
    return body;
  };
  const came = async (name: string) => {
    const { state, reason } = await debit(name);
    return [state, ...(reason === null ? [] : [reason.cause])].join(' ');
  };
  t.equal(await came('pays'), 'collected');
  t.equal(await came('shortFirst'), 'failed insufficient-funds');
  t.equal(await came('shortSecond'), 'collected');
  t.equal(await came('closed'), 'failed account-closed');
  t.equal(await came('twice'), 'collected');
  const late = await debit('late');
  t.equal(late.state, 'sent');
  const back = await debit('takesBack');
  t.equal(back.state, 'collected');
  const comesTo = (debitId: string, state: string) =>
    until(`${debitId} is ${state}`, async () => {
      const { body } = await agency.send<Shown>('GET', `/v1/debits/${debitId}`);
      return body?.state === state;
    });
  await comesTo(late.debitId, 'collected');
  await wasit('demo', 'clock', 'advance', '3d');
  await comesTo(back.debitId, 'returned');
  t.match(await wasit('books'), /The books hold/);
});
