// Files and words of a request: what may be attached, that it comes back byte for byte as a download, and how much.
import { createHash } from 'node:crypto';
import t from 'tap';
import { ask, attachFile, idOf } from '../support/approvals.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';

t.test('attachments and comments', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const agency = await colleague(db, baseUrl, 'agency', 'approver', { billerCode: 'om-social' });
  const token = await session(db, 'one');
  const content = { channelCode: 'agent', amount: { value: '1.000', currency: 'OMR' } };
  const id = await idOf(ask(one, 'top-up', content));
  const attach = async (file: Parameters<typeof attachFile>[3], to = id): Promise<[number, string]> => {
    const response = await attachFile(baseUrl, token, to, file);
    const body = (await response.json()) as { code?: string; attachmentId?: string };
    return [response.status, body.code ?? body.attachmentId ?? ''];
  };

  await t.test('as it was attached, as a download, once', async (t) => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(100_000, 7)]);
    const name = 'كشف الحساب (1).pdf';
    const [status, attachmentId] = await attach({ name, bytes });
    t.equal(status, 201);
    t.same(await attach({ name, bytes }), [200, attachmentId], 'the same again');
    const got = await fetch(`${baseUrl}/v1/approvals/${id}/attachments/${attachmentId}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    t.ok(Buffer.from(await got.arrayBuffer()).equals(bytes));
    const digest = createHash('sha256').update(bytes);
    t.match(Object.fromEntries(got.headers), {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name).replace('(', '%28').replace(')', '%29')}`,
      'x-content-type-options': 'nosniff',
      'content-digest': `sha-256=:${digest.copy().digest('base64')}:`,
    });
    t.match(await one.send('GET', `/v1/approvals/${id}`), {
      body: { attachments: [{ attachmentId, name, size: bytes.length, sha256: digest.digest('hex') }] },
    });
    t.match(await agency.send('GET', `/v1/approvals/${id}/attachments/${attachmentId}`), {
      code: 'approval-not-found',
    });
    t.match(await one.send('GET', `/v1/approvals/${id}/attachments/att_nothing`), {
      code: 'attachment-not-found',
    });
  });

  const refused: [string, Parameters<typeof attachFile>[3], number, string][] = [
    [
      'a page',
      { name: 'a.html', type: 'text/html', bytes: Buffer.from('<script>') },
      415,
      'unsupported-media-type',
    ],
    ['a program that says PDF', { bytes: Buffer.from('MZ\x90') }, 415, 'unsupported-media-type'],
    ['JSON', { type: 'application/json', bytes: Buffer.from('{}') }, 415, 'unsupported-media-type'],
    [
      'text with a zero in it',
      { name: 'a.txt', type: 'text/plain', bytes: Buffer.from('a\0b') },
      415,
      'unsupported-media-type',
    ],
    [
      'text that is not UTF-8',
      { name: 'a.txt', type: 'text/plain', bytes: Buffer.from([0xe4, 0x62]) },
      415,
      'unsupported-media-type',
    ],
    ['a name that says something else', { name: 'evil.exe' }, 400, 'malformed-request'],
    ['a name of another type', { name: 'page.TXT' }, 400, 'malformed-request'],
    ['a path', { name: '../../etc/passwd.pdf' }, 400, 'malformed-request'],
    ['a name that reads backwards', { name: 'a\u202Efdp.exe.pdf' }, 400, 'malformed-request'],
    ['a name with a line in it', { name: 'a\r\nset-cookie: x.pdf' }, 400, 'malformed-request'],
    ['nothing', { bytes: Buffer.alloc(0) }, 400, 'malformed-request'],
    [
      'more than 5 MiB',
      { bytes: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(5 * 1024 * 1024)]) },
      413,
      'payload-too-large',
    ],
  ];
  for (const [what, file, status, code] of refused) {
    await t.test(what, async (t) => t.same(await attach(file), [status, code]));
  }

  await t.test('of another kind than it says: told so, in the words of the reader', async (t) => {
    const response = await attachFile(baseUrl, token, id, { bytes: Buffer.from('MZ\x90') });
    t.match(await response.json(), {
      detail: 'The file is of another kind: its bytes are not those of application/pdf.',
      claimedType: 'application/pdf',
    });
  });

  await t.test('ten, and not eleven', async (t) => {
    t.equal((await attach({ name: 'letter' }))[0], 201, 'a name without an ending');
    for (let n = 3; n <= 10; n++) t.equal((await attach({ name: `${n}.pdf` }))[0], 201);
    t.same(await attach({ name: '11.pdf' }), [422, 'attachment-limit']);
  });

  await t.test('a comment said twice in a row is said once', async (t) => {
    const say = (comment: string): Promise<unknown> =>
      one.send('POST', `/v1/approvals/${id}/comments`, { comment });
    await say('where is the statement?');
    await say('where is the statement?');
    await say('there');
    const { body } = await one.send<{ history: { action: string }[] }>('GET', `/v1/approvals/${id}`);
    t.equal(body?.history.filter(({ action }) => action === 'commented').length, 2);
  });
});
