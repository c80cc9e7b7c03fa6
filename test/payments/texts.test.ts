// Text that the database cannot keep as it was sent (NUL, half a surrogate pair) is refused with a pointer: else an
// inquiry would be a 500, and a replay would say something else than the first answer.
import t from 'tap';
import { bill, type Order } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { addBills } from '../support/world.ts';

t.test('texts', async (t) => {
  const world = await startTestWorld(t);
  const bank = world.client('bank');
  await addBills(world.db, 'om', [
    { number: 'T-1', amount: '10.000' },
    ...['P-1', 'P-2', 'P-3'].map((number) => ({ number, amount: '1.000', payer: 'E-7' })),
  ]);

  await t.test('of a payment', async (t) => {
    const orders: [pointer: string, more: Partial<Order>][] = [
      ['/payer/name', { payer: { name: 'A \ud83d' } }],
      ['/outlet/id', { outlet: { kind: 'branch', id: '\udc00' } }],
      ['/outlet/id', { outlet: { kind: 'branch', id: 'a\u2028b' } }],
      ['/instrument/rrn', { instrument: { rrn: 'a\u0000' } }],
      ['/instrument/maskedPan', { instrument: { maskedPan: '4111111111111111' } }],
    ];
    for (const [pointer, more] of orders) {
      const { code, problem } = await bank.pay({ bills: [bill('T-1', '10.000')], ...more });
      t.equal(code, 'malformed-request', pointer);
      t.match(problem?.errors, [{ pointer }]);
    }
  });

  await t.test('of an inquiry', async (t) => {
    const cursor = (text: string) => Buffer.from(text).toString('base64url');
    const asked = { billerCode: 'om-social', payerId: 'E-1' };
    const inquiries: [pointer: string, body: object][] = [
      ['/payerId', { ...asked, payerId: 'E\u0000' }],
      ['/payerId', { ...asked, payerId: 'E\ud800' }],
      ['/payerId', { ...asked, payerId: 'E 1' }],
      ['/after', { ...asked, after: 'a\u0000' }],
      ['/after', { ...asked, after: cursor('2026-11-22 A\u0000') }],
      ['/after', { ...asked, after: cursor('2026-13-45 A') }],
      ['/after', { ...asked, after: cursor('2026-11-22') }],
      ['/outlet/id', { ...asked, outlet: { kind: 'branch', id: '\u0007' } }],
    ];
    for (const [pointer, body] of inquiries) {
      const { code, problem } = await bank.inquire(body);
      t.equal(code, 'malformed-request', JSON.stringify(body));
      t.match(problem?.errors, [{ pointer }], JSON.stringify(body));
    }
    const pages: string[] = [];
    for (let after: string | undefined, i = 0; i < 3; i += 1) {
      const { body, text } = await bank.inquire({ ...asked, payerId: 'E-7', limit: 1, after });
      pages.push(body?.bills[0]?.billNumber ?? text);
      after = body?.next ?? undefined;
      t.equal(after === undefined, i === 2);
    }
    t.same(pages, ['P-1', 'P-2', 'P-3'], 'a cursor of ours');
  });

  await t.test('of a reversal', async (t) => {
    const paid = await bank.pay({ bills: [bill('T-1', '10.000')], payer: { name: 'سالم 👍' } });
    const id = paid.body?.paymentId ?? '';
    t.match((await bank.reverse(id, 'R-1', 'wrong \ud83d')).problem?.errors, [{ pointer: '/reason' }]);
    const reversed = await bank.reverse(id, 'R-1', 'wrong 👍');
    t.equal(reversed.status, 201);
    t.equal((await bank.reverse(id, 'R-1', 'wrong 👍')).text, reversed.text, 'byte for byte');
  });
  t.same(world.faults, []);
});
