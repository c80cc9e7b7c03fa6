// What people write for others to decide by holds nothing that a terminal obeys and nothing that nobody sees, wherever it
// is written; comments may have lines.
import t from 'tap';
import { ask, attachFile, idOf } from '../support/approvals.ts';
import { startTestWorld } from '../support/gateway.ts';
import { colleague, session } from '../support/staff.ts';

const OBEYED = [...'\0\u001b\r\u007f\u009b\u2028\u202a\u202e\u2066\u2069\u200e\u200f\u061c'];
const UNSEEN = [...'\u200b\u200c\u2060\ufeff\u00ad', '\ud800'];
const amount = { value: '1.000', currency: 'OMR' };

/** Each kind with texts that are well formed, and which of its fields are texts. */
const KINDS: readonly [kind: string, content: Record<string, unknown>, texts: readonly string[]][] = [
  ['top-up', { channelCode: 'agent', amount, account: 'main' }, ['channelCode', 'account']],
  ['credit-apply', { payerId: 'E-1', amount, billNumber: 'B-1' }, ['payerId', 'billNumber']],
  ['credit-remit', { payerId: 'E-1', amount, reason: 'his' }, ['payerId', 'reason']],
  [
    'credit-refund',
    { payerId: 'E-1', amount, holder: 'سالم الحارثي', accountNumber: 'OM1', payFrom: 'main' },
    ['payerId', 'holder', 'payFrom'],
  ],
  [
    'adjustment',
    { amount, against: 'fees', reason: 'x', unit: 'u', service: 's', budgetLine: 'b', channelCode: 'bank' },
    ['reason', 'unit', 'service', 'budgetLine', 'channelCode'],
  ],
];

t.test('what people write', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const one = await colleague(db, baseUrl, 'one', 'operator-admin');
  const two = await colleague(db, baseUrl, 'two', 'operator-admin');
  const id = await idOf(ask(one, 'top-up', { channelCode: 'agent', amount }));

  await t.test('the fields of every kind', async (t) => {
    for (const [kind, content, texts] of KINDS)
      for (const field of texts)
        for (const bad of [...OBEYED, ...UNSEEN, '\n', '\t']) {
          const spoiled = { ...content, [field]: `${String(content[field])}${bad}x` };
          t.match(
            await ask(one, kind, spoiled, { billerCode: 'om-social' }),
            { code: 'malformed-request', problem: { errors: [{ pointer: `/content/${field}` }] } },
            `${kind} ${field} ${escape(bad)}`,
          );
        }
    t.match(await ask(one, 'credit-remit', { payerId: '', amount }, { billerCode: 'om-social' }), {
      code: 'malformed-request',
      problem: { errors: [{ pointer: '/content/reason' }] },
    });
    t.match(await ask(one, 'top-up', { channelCode: 'agent', amount }, { billerCode: 'om\0' }), {
      code: 'malformed-request',
      problem: { errors: [{ pointer: '/billerCode' }] },
    });
  });

  await t.test('words about a request', async (t) => {
    for (const [verb, who] of [
      ['comments', one],
      ['withdrawal', one],
      ['accept', two],
      ['reject', two],
      ['return', two],
    ] as const)
      for (const bad of [...OBEYED, ...UNSEEN])
        t.match(
          await who.send('POST', `/v1/approvals/${id}/${verb}`, { comment: `a${bad}b` }),
          { code: 'malformed-request', problem: { errors: [{ pointer: '/comment' }] } },
          `${verb} ${escape(bad)}`,
        );
    const comment = 'سطر أول\n\tSecond line: 12.500';
    t.match(await one.send('POST', `/v1/approvals/${id}/comments`, { comment }), {
      body: { state: 'open', history: [{ action: 'asked' }, { comment }] },
    });
  });

  await t.test('names of files', async (t) => {
    const token = await session(db, 'one');
    for (const bad of [...OBEYED, ...UNSEEN, '\n', '\t'].filter((each) => each !== '\ud800')) {
      const answer = await attachFile(baseUrl, token, id, { name: `a${bad}b.pdf` });
      t.equal(answer.status, 400, escape(bad));
      t.match(await answer.json(), { code: 'malformed-request', errors: [{ pointer: '/name' }] });
    }
  });
});

t.test('an agency’s person learns nothing of other agencies', async (t) => {
  const world = await startTestWorld(t);
  const { db, baseUrl } = world;
  const officer = await colleague(db, baseUrl, 'officer', 'finance-officer', { billerCode: 'om-social' });
  const channels = await colleague(db, baseUrl, 'channels', 'channel-officer', { channelCode: 'agent' });
  const content = { amount, against: 'fees', reason: 'x' };
  for (const who of [officer, channels]) {
    const [there, not] = await Promise.all(
      ['dz-social', 'nobody'].map((billerCode) => ask(who, 'adjustment', content, { billerCode })),
    );
    t.equal(there?.code, 'forbidden');
    const { instance: _, ...problem } = there?.problem ?? {};
    t.match(not?.problem, problem);
  }
  t.match(await ask(officer, 'adjustment', content, { billerCode: 'om-social' }), { code: 'ok' });
});
