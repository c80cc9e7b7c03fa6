// Mandates go to a bank by its API: once for each time they are submitted, whatever the bank does.
import t from 'tap';
import { setBankLink } from '../../../src/mandates/index.ts';
import { act, decide, look, opened, terms, validate } from '../../support/mandates.ts';
import { makeLinkedWorld } from '../../support/bank-linked.ts';
import { linkBank, LOCAL, startPayersBank } from '../../support/payers-bank.ts';
import { ACTOR, MASTER_KEY } from '../../support/world.ts';

const state = async (world: Parameters<typeof look>[0], id: string) => (await look(world, id)).body?.state;

t.test('a bank that is called', async (t) => {
  const world = await makeLinkedWorld(t);
  const { agency, bank: client, approver, db, sweep, skipPauses, wrong } = world;
  const bank = await startPayersBank(t);
  const early = await opened(agency, { payerId: 'E-EARLY' });
  await sweep();
  await linkBank(db, bank);

  await t.test(
    'what was submitted before it was linked goes, too; the bank is told what it needs',
    async (t) => {
      bank.answering = () => ({ outcome: 'validated', bankReference: 'B-1' });
      await sweep();
      t.match(await look(agency, early), { body: { state: 'bank-validated', bankReference: 'B-1' } });
      t.match(bank.calls, [
        {
          path: '/bank/mandates',
          id: `${early}-1`,
          body: {
            requestId: `${early}-1`,
            mandateId: early,
            revision: 1,
            billerCode: 'om-social',
            account: { number: 'OM810180000001299123456', kind: 'iban', holder: 'Al Noor Trading' },
            collect: { on: 'due-date' },
            ceiling: { perDebit: { value: '500.000', currency: 'OMR' } },
            validFrom: '2026-12-01',
            validUntil: null,
            signedOn: '2026-11-22',
            creditor: { name: 'Wasit Operations', bank: 'BMUSOMRX' },
          },
        },
      ]);
      await sweep();
      t.equal(bank.calls.length, 1, 'once');
    },
  );

  await t.test('refused: the payer reads why in his language', async (t) => {
    bank.answering = () => ({ outcome: 'refused', code: 'AC04', text: 'closed 2024' });
    const ids = [await opened(agency), await opened(agency, { payer: { language: 'fr' } })];
    await sweep();
    const shown = await Promise.all(ids.map(async (id) => (await look(agency, id)).body));
    t.match(shown[0], { state: 'bank-refused', reason: 'The account is closed.' });
    t.match(shown[0]?.history.at(-1), { side: 'bank', content: { code: 'AC04', text: 'closed 2024' } });
    t.match(shown[1], { state: 'bank-refused', reason: /compte/ });
    bank.answering = () => ({ outcome: 'refused', text: 'the branch says no' });
    const own = await opened(agency);
    await sweep();
    t.match(await look(agency, own), { body: { reason: 'the branch says no' } });
  });

  await t.test('later: the bank says so by its own client, once', async (t) => {
    bank.answering = () => ({ outcome: 'pending' });
    const id = await opened(agency);
    await sweep();
    await skipPauses();
    await sweep();
    t.equal(bank.calls.filter((call) => call.id === `${id}-1`).length, 1);
    t.match(await validate(client, id, { revision: 1 }), { body: { state: 'bank-validated' } });
    t.match(await decide(approver, id, 'return', 'another ceiling'), { body: { state: 'returned' } });
    t.match(await agency.send('PUT', `/v1/mandates/${id}`, terms({ announceDays: 5 })), { status: 200 });
    await act(agency, id, 'submission');
    bank.answering = () => ({ outcome: 'validated' });
    await sweep();
    t.equal(bank.calls.at(-1)?.id, `${id}-2`, 'a corrected one is another request');
    t.equal(await state(agency, id), 'bank-validated');
  });

  await t.test('a bank that is away is called again, later each time, under the same id', async (t) => {
    const id = await opened(agency);
    for (const status of [500, 429]) {
      bank.answering = (_, response) => void response.writeHead(status).end();
      await sweep();
      await skipPauses();
    }
    bank.answering = (_, response) => void response.destroy();
    await sweep();
    await sweep();
    t.equal(bank.calls.filter((call) => call.id === `${id}-1`).length, 3, 'not before the pause is over');
    const [row] = await db.transaction((tx) =>
      tx.query<{ tries: number; failure: string; pause: number }>(
        `select tries, failure, extract(epoch from try_at - clock_timestamp())::int as pause from mandate_submission
          where state = 'waiting'`,
      ),
    );
    t.match(row, { tries: 3, failure: /reset/ });
    t.ok((row?.pause ?? 0) > 15, 'four times the first');
    await skipPauses();
    bank.answering = () => ({ outcome: 'validated' });
    await sweep();
    t.equal(await state(agency, id), 'bank-validated');
  });

  await t.test('an answer that no bank should give is thrown away, with an alarm', async (t) => {
    const id = await opened(agency);
    const before = wrong.length;
    bank.answering = () => ({ outcome: 'perhaps' });
    await sweep();
    for (const answer of [{ outcome: 'refused' }, [], { outcome: 'validated', bankReference: 7 }]) {
      await skipPauses();
      bank.answering = () => answer;
      await sweep();
    }
    await skipPauses();
    bank.answering = (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    await sweep();
    t.equal(wrong.length - before, 5);
    t.equal(await state(agency, id), 'submitted');
    t.match(await validate(client, id), { body: { state: 'bank-validated' } });
    await skipPauses();
    const calls = bank.calls.length;
    await sweep();
    t.equal(bank.calls.length, calls, 'it waits no more');
  });

  await t.test('two workers, a mandate that is cancelled while the bank thinks, a late word', async (t) => {
    const cancelled = await opened(agency);
    await act(agency, cancelled, 'cancellation', { reason: 'he moved' });
    const id = await opened(agency);
    bank.answering = async ({ body }) => {
      if (body['mandateId'] === id) await act(agency, id, 'cancellation', { reason: 'he moved' });
      return { outcome: 'validated' };
    };
    const others = [await opened(agency), await opened(agency)];
    const calls = bank.calls.length;
    await Promise.all([sweep(), sweep()]);
    t.equal(bank.calls.length - calls, 3);
    t.equal(await state(agency, cancelled), 'cancelled');
    t.equal(await state(agency, id), 'cancelled', 'the word comes too late');
    for (const other of others) t.equal(await state(agency, other), 'bank-validated');
  });
});

t.test('what cannot be set', async (t) => {
  const { db } = await makeLinkedWorld(t);
  const set = (code: string, wish: object) =>
    setBankLink(db, code, wish, { masterKey: MASTER_KEY, allowedNetworks: LOCAL }, ACTOR);
  const url = 'https://bank.example/wasit/';
  for (const [code, wish, reason] of [
    ['agent', { way: 'api', url }, /no bank agent among the channels/],
    ['nobody', { way: 'api', url }, /no bank nobody/],
    ['bank', { url }, /which way/],
    ['bank', { way: 'api' }, /needs a url/],
    ['bank', { way: 'api', url: 'ftp://bank.example' }, /^the url/],
    ['bank', { way: 'api', url: 'https://10.0.0.1/x' }, /private or reserved/],
    ['bank', { way: 'api', url: 'https://bank.example/?a=b' }, /end with its path/],
    ['bank', { way: 'api', url, secret: 'whsec_short' }, /24 to 64 bytes/],
    ['bank', { way: 'api', url, deadlineMs: 99 }, /100 to 30000/],
    ['bank', { way: 'files' }, /needs the bank of the operator/],
    ['bank', { way: 'files', bank: 'other' }, /no bank other of the operator/],
    ['bank', { way: 'none', secret: 'new' }, /goes with a url/],
    ['bank', { bic: 'BMUSOM' }, /no BIC of 8 or 11/],
  ] as const)
    t.match(await set(code, wish), { ok: false, reason }, JSON.stringify(wish));
  t.match(await set('bank', { way: 'api', url }), {
    value: { link: { url: 'https://bank.example/wasit' }, shownOnce: /^whsec_/ },
  });
  t.match(await set('transit', { bic: 'BMUSOMRX' }), { value: { link: { way: 'none', bic: 'BMUSOMRX' } } });
  t.match(
    await set('transit', { bic: null }),
    { value: { link: { way: 'none', bic: null } } },
    'not any more',
  );
  const files = await set('bank', { way: 'files', bank: 'main' });
  t.match(files, { value: { link: { way: 'files', url: 'https://bank.example/wasit', bankCode: 'main' } } });
  t.notMatch(files, { value: { shownOnce: String } }, 'the secret stays');
});
