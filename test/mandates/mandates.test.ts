// The ordinary life of a mandate over HTTP: opened by the agency, validated by the payer's bank, accepted by the agency.
import t from 'tap';
import { act, decide, eventsOf, IBAN, look, makeMandateWorld, open, validate } from '../support/mandates.ts';

t.test('mandates', async (t) => {
  const world = await makeMandateWorld(t);
  const { agency, bank, approver } = world;

  await t.test('opened, validated, accepted', async (t) => {
    const first = await open(agency, { reference: 'A-1', by: 'payer' });
    const id = first.body?.mandateId ?? '';
    t.match(first, {
      status: 201,
      body: {
        state: 'submitted',
        openedBy: 'payer',
        revision: 1,
        billerCode: 'om-social',
        channelCode: 'bank',
        account: { number: 'OM*****************3456', kind: 'iban', holder: 'Al Noor Trading' },
        payer: { mobile: '+96824123456' },
        announceDays: 3,
        covers: [{ billerCode: 'om-social', payerId: 'E-1', units: [], state: 'waiting' }],
        history: [{ action: 'created' }, { action: 'submitted', client: 'om-social', side: 'payer' }],
      },
    });
    t.match(await bank.send('GET', '/v1/mandates?state=submitted'), {
      body: { items: [{ mandateId: id, account: { number: IBAN }, payerName: 'A* N*** T****' }] },
    });
    t.match(await decide(approver, id, 'accept'), { code: 'mandate-state' }, 'the bank speaks first');
    t.match(await validate(bank, id, { bankReference: 'B-77', revision: 1 }), {
      body: { state: 'bank-validated', bankReference: 'B-77', approvalId: /^apr_/ },
    });
    t.match(await approver.send('GET', '/v1/approvals?mine=to-decide&kind=mandate'), {
      body: { items: [{ subject: `mandate/${id}`, askedBy: null, steps: 1 }] },
    });
    t.match(await decide(approver, id, 'accept'), {
      body: {
        state: 'accepted',
        covers: [{ state: 'accepted' }],
        history: [{}, {}, {}, { by: { login: 'approver' } }],
      },
    });
    t.match(await look(agency, id), { body: { state: 'accepted', account: { number: /^OM\*+3456$/ } } });
    t.match(await eventsOf(world, id), [
      { type: 'mandate.submitted', revision: 1, for_payers: true },
      { type: 'mandate.bank-validated', revision: 2 },
      { type: 'mandate.accepted', revision: 3, payload: { state: 'accepted' } },
    ]);
    t.match(await act(bank, id, 'suspension', { reason: 'account blocked' }), {
      body: { state: 'suspended' },
    });
  });
});
