// Statements over HTTP: only the operator's people, bytes of any type, the same ones once, and what became of them.
import { hash } from 'node:crypto';
import t from 'tap';
import { sweepStatements } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { colleague, session } from '../../support/staff.ts';
import { OURS, statementParts } from '../../support/statement-world.ts';

t.test('upload and look', async (t) => {
  const world = await makeRemitWorld(t);
  const { db, baseUrl } = world;
  await colleague(db, baseUrl, 'clerk', 'support');
  await colleague(db, baseUrl, 'agency', 'finance-officer', { billerCode: 'om-social' });
  const tokens = { clerk: await session(db, 'clerk'), agency: await session(db, 'agency') };
  const call = async (who: keyof typeof tokens, path: string, body?: Buffer, digest?: string) => {
    const answer = await fetch(`${baseUrl}/v1/statements${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${tokens[who]}`,
        ...(body !== undefined && { 'content-type': 'application/xml' }),
        ...(digest !== undefined && { 'content-digest': `sha-256=:${digest}:` }),
      },
      ...(body !== undefined && { body: new Uint8Array(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const bytes = camt({ account: OURS, currency: 'OMR', bookings: [{ minor: 5n, text: 'x' }] });
  t.match(await call('agency', '?account=ours-omr', bytes), { status: 403 });
  t.match(await call('clerk', '?account=nobody', bytes), { status: 400 });
  t.match(await call('clerk', '?wrong=1', bytes), { status: 400 });
  t.match(await call('clerk', '', bytes, hash('sha256', 'other', 'base64')), { status: 400 });
  const digest = hash('sha256', bytes, 'base64');
  const sent = await call('clerk', '?account=ours-omr&name=..%2F..%2Fa.xml', bytes, digest);
  t.match(sent, { status: 202, body: { fileId: /^sfl_/ } });
  t.match(await call('clerk', '', bytes), { status: 200, body: sent.body }, 'the same bytes are one file');
  const bad = await call('clerk', '', Buffer.from('nothing'));
  await sweepStatements({ ...statementParts(world), dataDir: world.dataDir, billerIds: () => [1] });
  const shown = await call('clerk', `/${String(sent.body['fileId'])}`);
  t.match(shown, {
    status: 200,
    body: {
      state: 'read',
      name: 'a.xml',
      account: 'ours-omr',
      statementsRead: [{ account: 'ours-omr', continuity: 'first', outcomes: { suspense: 1 } }],
    },
  });
  t.match(await call('clerk', `/${String(bad.body['fileId'])}`), {
    body: { state: 'refused', fault: /./, place: /./ },
  });
  t.match(await call('clerk', '/sfl_00000000000000000000000000'), { status: 404 });
  t.match(await call('clerk', ''), { status: 200, body: { items: [{ state: /./ }, { state: /./ }] } });
  t.match(await call('agency', ''), { status: 403 });
});
