// Who sees and does what to a mandate: its agency, the payer's bank, others, the operator. What is sealed and masked. The
// signed form.
import t from 'tap';
import {
  accepted,
  act,
  decide,
  IBAN,
  look,
  makeMandateWorld,
  open,
  opened,
  validate,
} from '../support/mandates.ts';
import { colleague } from '../support/staff.ts';

t.test('the parties of a mandate', async (t) => {
  const world = await makeMandateWorld(t);
  const { agency, bank, approver, operator, db, baseUrl } = world;
  const stranger = world.client('dz-social');
  const otherBank = world.client('transit');

  await t.test('others learn nothing of it, not even that it is there', async (t) => {
    const id = await opened(agency);
    for (const client of [stranger, otherBank, world.client('agent')]) {
      t.match(await look(client, id), { code: 'mandate-not-found' });
      t.match(await validate(client, id), { code: 'mandate-not-found' });
      for (const what of ['suspension', 'resumption', 'cancellation'])
        t.match(await act(client, id, what, { reason: 'x' }), { code: 'mandate-not-found' });
      t.match(await act(client, id, 'submission'), { code: 'mandate-not-found' });
      t.match(await client.send('GET', '/v1/mandates'), { body: { items: [] } });
    }
    t.match(await look(agency, 'mnd_00000000000000000000000000'), { code: 'mandate-not-found' });
    t.match(await look(agency, 'mnd_1'), { code: 'mandate-not-found' });
    const foreign = await colleague(db, baseUrl, 'foreign', 'approver', { billerCode: 'dz-social' });
    t.match(await decide(foreign, id, 'accept'), { code: 'mandate-not-found' });
  });

  await t.test('each does what is his', async (t) => {
    const id = await opened(agency);
    t.match(await validate(agency, id), { code: 'forbidden' });
    t.match(await act(bank, id, 'submission'), { code: 'forbidden' });
    t.match(await decide(bank, id, 'accept'), { code: 'forbidden' });
    t.match(await decide(agency, id, 'accept'), { code: 'forbidden' });
    t.match(await decide(operator, id, 'reject'), { code: 'mandate-state' });
    t.match(await act(operator, id, 'cancellation', { reason: 'x' }), { code: 'forbidden' });
    t.match(await open(approver), { code: 'forbidden' });
    const officer = await colleague(db, baseUrl, 'officer', 'channel-officer', { channelCode: 'bank' });
    t.match(await look(officer, id), { body: { account: { number: IBAN } } });
    t.match(await validate(officer, id), { code: 'forbidden' });
    await validate(bank, id);
    t.match(await decide(operator, id, 'accept'), { code: 'forbidden' }, 'the agency decides');
    t.match(await act(bank, id, 'suspension', { reason: 'x', by: 'payer' }), { code: 'malformed-request' });
    t.match(await act(approver, id, 'cancellation', { reason: 'he asked at the desk', by: 'payer' }), {
      body: { state: 'cancelled', history: [{}, {}, {}, { side: 'payer', by: { login: 'approver' } }] },
    });
  });

  await t.test('a bank sees what was sent to it, or what it opened', async (t) => {
    const draft = await opened(agency, { reference: 'DRAFT', draft: true });
    t.match(await look(bank, draft), { code: 'mandate-not-found' });
    t.match(await act(agency, draft, 'submission'), { body: { state: 'submitted' } });
    t.match(await look(bank, draft), { body: { state: 'submitted' } });
    const own = await open(bank, { billerCode: 'om-social', channelCode: undefined, draft: true });
    t.match(own, {
      status: 201,
      body: { state: 'draft', openedBy: 'bank', payer: { mobile: '+96824123456' } },
    });
    const id = own.body?.mandateId ?? '';
    t.match(await act(bank, id, 'submission'), { body: { state: 'bank-validated', revision: 2 } });
    t.match(await act(bank, id, 'submission'), { status: 200, body: { revision: 2 } }, 'again');
    t.match(await look(agency, id), {
      body: { account: { number: /^OM\*+3456$/ }, payer: { mobile: '********456' } },
    });
    t.match(await decide(approver, id, 'accept'), { body: { state: 'accepted' } });
    t.match(await open(bank, { channelCode: undefined }), { code: 'malformed-request' });
    t.match(await open(bank, { billerCode: 'om-social', channelCode: 'transit' }), {
      code: 'malformed-request',
    });
    t.match(await open(bank, { billerCode: 'nobody', channelCode: undefined }), { code: 'biller-not-found' });
    t.match(await open(agency, { billerCode: 'dz-social' }), { code: 'malformed-request' });
    t.match(await open(agency, { channelCode: 'agent' }), { code: 'malformed-request' }, 'no bank');
    t.match(await open(agency, { channelCode: undefined }), { code: 'malformed-request' });
  });

  await t.test('lists by state, payer, bank and who opened it, page by page', async (t) => {
    await accepted(world, { payerId: 'E-LIST' });
    for (let i = 0; i < 3; i++) await opened(agency, { payerId: 'E-LIST', by: 'payer' });
    const list = async (query: string) => {
      const { body } = await agency.send<{ items: { mandateId: string }[]; next: string | null }>(
        'GET',
        `/v1/mandates?payerId=E-LIST${query}`,
      );
      return body ?? { items: [], next: null };
    };
    t.equal((await list('')).items.length, 4);
    t.equal((await list('&state=accepted')).items.length, 1);
    t.equal((await list('&openedBy=payer&channel=bank&state=submitted')).items.length, 3);
    t.equal((await list('&channel=transit')).items.length, 0);
    const first = await list('&limit=3');
    const rest = await list(`&limit=3&after=${first.next}`);
    t.same([...first.items, ...rest.items], (await list('')).items);
    t.equal(rest.next, null);
    t.match(await agency.send('GET', '/v1/mandates?after=nowhere'), { code: 'malformed-request' });
    t.match(await operator.send('GET', '/v1/mandates?biller=om-social&payerId=E-LIST&limit=1'), {
      body: { items: [{ account: { number: /^OM\*+3456$/ }, payer: { mobile: '********456' } }] },
    });
    t.match(await operator.send('GET', '/v1/mandates?biller=dz-social'), { body: { items: [] } });
  });

  await t.test('the number is nowhere in clear, and opens nowhere else', async (t) => {
    const id = await opened(agency, { reference: 'SEALED' });
    const other = await opened(agency);
    await db.transaction(async (tx) => {
      for (const table of ['mandate', 'mandate_step', 'event', 'audit_log', 'approval', 'message'])
        t.same(
          await tx.query(`select from ${table} t where t::text like '%80000001299123456%' limit 1`),
          [],
          table,
        );
      await tx.query(
        `update mandate set sealed_account = (select sealed_account from mandate where reference = 'SEALED')
          where reference <> 'SEALED'`,
      );
    });
    t.match(await look(bank, other), { code: 'internal-error' }, 'a row copied elsewhere does not open');
    t.match(await look(bank, id), { body: { account: { number: IBAN } } });
  });

  await t.test('the signed form: a picture or a PDF, sealed, until the agency has decided', async (t) => {
    const id = await opened(agency);
    const attach = (code: string, bytes: Buffer, name = 'form.pdf', type = 'application/pdf') =>
      fetch(`${baseUrl}/v1/mandates/${id}/form?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${world.keys.get(code)}`, 'content-type': type },
        body: bytes,
      });
    const pdf = Buffer.from('%PDF-1.7 signed, OM810180000001299123456');
    t.match(await agency.send('GET', `/v1/mandates/${id}/form`), { code: 'attachment-not-found' });
    t.equal((await attach('om-social', pdf)).status, 201);
    t.equal((await attach('om-social', pdf)).status, 200, 'again');
    t.equal((await attach('om-social', Buffer.from('MZ'))).status, 415);
    t.equal((await attach('om-social', Buffer.from('a,b'), 'form.csv', 'text/csv')).status, 415);
    t.equal((await attach('om-social', pdf, '../form.pdf')).status, 400);
    t.equal((await attach('dz-social', pdf)).status, 404);
    t.equal(
      (await attach('bank', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), 'x.png', 'image/png')).status,
      201,
    );
    t.equal((await attach('om-social', pdf, 'form-2.pdf')).status, 201);
    const { status, headers } = await fetch(`${baseUrl}/v1/mandates/${id}/form`, {
      headers: { authorization: `Bearer ${world.keys.get('bank')}` },
    });
    t.equal(status, 200);
    t.match(headers.get('content-disposition'), /^attachment; .*form-2\.pdf$/);
    const rows = await db.transaction((tx) =>
      tx.query(`select from mandate_form where position('signed'::bytea in sealed_bytes) > 0`),
    );
    t.same(rows, []);
    await act(agency, id, 'cancellation', { reason: 'x' });
    t.equal((await attach('om-social', Buffer.from('%PDF-1.7 late'))).status, 409);
  });
});
