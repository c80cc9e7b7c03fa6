// What proves a dispute, and disputes that the operator opens against a channel, from a break.
import t from 'tap';
import { findOne, look, makeBreakWorld, resolved } from '../../support/breaks.ts';
import { decide, decided, open, paid, post } from '../../support/disputes.ts';
import { colleague } from '../../support/staff.ts';

t.test('evidence and breaks', async (t) => {
  const world = await makeBreakWorld(t);
  const { one, db, baseUrl } = world;
  const bank = world.client('bank');

  await t.test('evidence: what it says it is, once, and never after the decision', async (t) => {
    const { body } = await open(bank, await paid(world, 'OM-8'));
    const id = body?.disputeId;
    const attach = (key: string, bytes: Buffer, type = 'application/pdf', name = 'slip.pdf') =>
      fetch(`${baseUrl}/v1/disputes/${id}/evidence?name=${name}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': type },
        body: bytes,
      });
    const key = world.keys.get('bank') ?? '';
    const pdf = Buffer.from('%PDF-1.7 slip');
    const first = await attach(key, pdf);
    t.equal(first.status, 201);
    const { attachmentId } = (await first.json()) as { attachmentId: string };
    t.equal((await attach(key, pdf)).status, 200);
    t.equal((await attach(key, Buffer.from('MZ'))).status, 415);
    t.equal((await attach(key, Buffer.from('<html>'), 'text/html')).status, 415);
    t.equal((await attach(world.keys.get('agent') ?? '', pdf)).status, 404);
    t.equal((await attach(world.keys.get('om-social') ?? '', pdf)).status, 403);
    const download = await fetch(`${baseUrl}/v1/disputes/${id}/evidence/${attachmentId}`, {
      headers: { authorization: `Bearer ${world.keys.get('om-social')}` },
    });
    t.equal(download.headers.get('content-disposition'), `attachment; filename*=UTF-8''slip.pdf`);
    t.equal(await download.text(), pdf.toString());
    t.match(await bank.send('GET', `/v1/disputes/${id}`), { body: { evidence: [{ attachmentId }] } });
    await decided(world, id, 'refuse');
    t.equal((await attach(key, Buffer.from('%PDF-1.7 other'))).status, 409);
  });

  await t.test('from a break, against the channel, which sees it', async (t) => {
    const id = await findOne(world, { kind: 'missing-here', billerId: 0, reference: 'N-1' });
    t.match(await resolved(world, id, 'dispute', { reason: 'other', words: 'we never had it' }), {
      body: { state: 'accepted' },
    });
    const { body } = await look(one, id);
    const disputeId = body?.history.at(-1)?.content?.['disputeId'];
    t.match(body, { state: 'resolved', resolution: 'dispute' });
    t.match(await bank.send('GET', `/v1/disputes/${String(disputeId)}`), {
      body: { openedBy: 'break', reference: id, breakId: id, paymentId: null },
    });
    t.match(await decide(one, String(disputeId), 'chargeback'), { code: 'approval-impossible' });
    t.match(await decided(world, String(disputeId), 'refuse'), { body: { state: 'accepted' } });
    const officer = await colleague(db, baseUrl, 'officer', 'channel-officer', { channelCode: 'bank' });
    t.match(await officer.send('GET', `/v1/disputes/${String(disputeId)}`), { body: { state: 'refused' } });
    t.match(await post(officer, String(disputeId), 'comments', { comment: 'x' }), { code: 'forbidden' });
  });
});
