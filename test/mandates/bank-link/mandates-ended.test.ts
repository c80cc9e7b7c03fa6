// A mandate that ends here while its bank has it: a bank that is called is told, once it is there to hear; of others the agency
// reads that it has to tell them itself.
import t from 'tap';
import { act, decide, look, opened, validate } from '../../support/mandates.ts';
import { makeLinkedWorld } from '../../support/bank-linked.ts';
import { linkBank, startPayersBank, type BankCalled } from '../../support/payers-bank.ts';

t.test('cancelled or rejected: the bank is told, until it has heard it', async (t) => {
  const world = await makeLinkedWorld(t);
  const { agency, approver, bank: client, db, sweep, skipPauses, wrong } = world;
  const bank = await startPayersBank(t);
  await linkBank(db, bank);
  const isCancellation = ({ path }: BankCalled): boolean => path.endsWith('/cancellation');
  const ended = () => bank.calls.filter(isCancellation);
  const told = async (id: string) => (await look(agency, id)).body?.bankTold;
  const yes = { outcome: 'validated', bankReference: 'B-1' };
  bank.answering = () => yes;
  const [id, rejected, banks] = [await opened(agency), await opened(agency), await opened(agency)];
  await sweep();
  t.equal(await told(id), null);
  await act(agency, id, 'cancellation', { reason: 'he moved', by: 'payer' });
  t.equal(await told(id), 'waiting');
  bank.answering = (_, response) => void response.writeHead(503).end();
  await sweep();
  await skipPauses();
  bank.answering = () => ({ outcome: 'perhaps' });
  await sweep();
  t.match(wrong.at(-1), /-cancellation|bank/);
  await skipPauses();
  bank.answering = (called) => (isCancellation(called) ? { outcome: 'cancelled' } : yes);
  await sweep();
  await skipPauses();
  await sweep();
  t.equal(await told(id), 'told');
  t.same(new Set(ended().map((call) => call.id)), new Set([`${id}-cancellation`]));
  t.equal(ended().length, 3, 'until it has heard it, and then no more');
  t.match(ended().at(-1), {
    path: `/bank/mandates/${id}/cancellation`,
    body: {
      mandateId: id,
      mandateBankReference: 'B-1',
      state: 'cancelled',
      reason: 'he moved',
      endedAt: /Z$/,
    },
  });

  await decide(approver, rejected, 'reject', 'not ours');
  await act(client, banks, 'cancellation', { reason: 'asked at the bank' });
  await sweep();
  t.match(
    ended().slice(3),
    [{ body: { mandateId: rejected, state: 'rejected' } }],
    'what the bank has ended it knows',
  );
  t.equal(await told(banks), null);

  const early = await opened(agency);
  await act(agency, early, 'cancellation', { reason: 'a slip' });
  await sweep();
  t.equal(ended().length, 4, 'it never had this one');
  t.equal(await told(early), null);
});

t.test('cancelled while the bank is called for it: told afterwards', async (t) => {
  const world = await makeLinkedWorld(t);
  const { agency, db, sweep, skipPauses } = world;
  const bank = await startPayersBank(t);
  await linkBank(db, bank);
  const id = await opened(agency);
  bank.answering = async ({ path }) => {
    if (path.endsWith('/cancellation')) return { outcome: 'cancelled' };
    await act(agency, id, 'cancellation', { reason: 'he moved' });
    return { outcome: 'validated' };
  };
  await sweep();
  t.same(
    bank.calls.map(({ path }) => path),
    ['/bank/mandates'],
  );
  await skipPauses();
  await sweep();
  t.same(
    bank.calls.map(({ path }) => path),
    ['/bank/mandates', `/bank/mandates/${id}/cancellation`],
  );
});

t.test('a bank that is not called: the agency tells it', async (t) => {
  const { agency, bank } = await makeLinkedWorld(t);
  const id = await opened(agency);
  await validate(bank, id);
  await act(agency, id, 'cancellation', { reason: 'he moved' });
  t.match(await look(agency, id), { body: { state: 'cancelled', bankTold: 'by-hand' } });
  for (const [told, found] of [
    ['by-hand', [{ mandateId: id }]],
    ['told', []],
  ] as const)
    t.match((await agency.send('GET', `/v1/mandates?bankTold=${told}`)).body, { items: found }, told);
  t.match((await look(bank, id)).body, { state: 'cancelled' }, 'who looks for himself reads it');
});
