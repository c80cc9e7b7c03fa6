// Random breaks resolved in random ways, some of them twice and by several at once: whatever comes of it, an accepted request
// resolves its break, a refused one changes nothing, and the books hold (they are checked at the end, with every account).
import fc from 'fast-check';
import t from 'tap';
import { BREAK_KINDS } from '../../../src/reconciliation/breaks/index.ts';
import { accept } from '../../support/approvals.ts';
import { assertBooksBalance } from '../../support/books.ts';
import { balance, findOne, look, makeBreakWorld, resolve, uuidOf } from '../../support/breaks.ts';
import { bill } from '../../support/client.ts';
import { addBills } from '../../support/world.ts';

const KINDS = BREAK_KINDS.filter(
  (kind) => !['paid-elsewhere', 'unplaced-line', 'doubtful-line'].includes(kind),
);

const aBreak = fc.record({
  kind: fc.constantFrom(...KINDS),
  channel: fc.constantFrom('bank', 'agent', 'shop'),
  billerId: fc.constantFrom(0, 1),
  isReversed: fc.boolean(),
  says: fc.constantFrom('accepted', 'reversed', undefined),
  minor: fc.integer({ min: 1, max: 120_000 }),
  turns: fc.array(fc.record({ choice: fc.nat(), more: fc.nat(), rejected: fc.boolean() }), { maxLength: 3 }),
});

t.test('random resolutions', async (t) => {
  const world = await makeBreakWorld(t);
  const { one, two, three, db } = world;
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(aBreak, async ({ kind, channel, billerId, isReversed, says, minor, turns }) => {
      nth += 1;
      const client = world.client(channel);
      const outlet = { kind: 'agent', id: 'A-1' } as const;
      await addBills(
        db,
        'om',
        ['A', 'B'].map((letter) => ({ number: `P${nth}-${letter}`, amount: '10.000' })),
      );
      const reference = `P-${nth}`;
      const isOurs = kind !== 'missing-here' && kind !== 'duplicate-there';
      const paid = isOurs
        ? await client.pay({ reference, bills: [bill(`P${nth}-A`, '10.000')], outlet })
        : undefined;
      const paymentId = paid?.body?.paymentId;
      if (paymentId !== undefined && isReversed) await client.reverse(paymentId, `${reference}-R`);
      const id = await findOne(world, {
        kind,
        channel,
        reference,
        billerId: paymentId === undefined ? billerId : 1,
        ...(paymentId !== undefined && { paymentId: uuidOf(paymentId) }),
        amountMinor: kind === 'status-differs' ? 10_000n : BigInt(minor),
        ours: { amount: '10.000' },
        theirs: { ...(says !== undefined && { status: says }), amount: '11.000' },
      });
      for (const { choice, more, rejected } of turns) {
        const { mayEndBy = [], state: was } = (await look(one, id)).body ?? {};
        const name = mayEndBy[choice % Math.max(1, mayEndBy.length)] ?? 'accept-ours';
        const minorNow = kind === 'status-differs' ? 10_000 : minor;
        const value = `${Math.floor(minorNow / 1000)}.${String(minorNow % 1000).padStart(3, '0')}`;
        const bills = [{ billNumber: `P${nth}-B`, amount: { value, currency: 'OMR' } }];
        const asPayment = { billerCode: 'om-social', bills, orCredit: more % 2 === 0, outletKind: 'agent' };
        const contents: Record<string, object> = {
          post: asPayment,
          place: asPayment,
          credit: { billerCode: 'om-social', payerId: 'E-1' },
          reverse: { reason: 'never taken' },
        };
        const asked = await resolve(one, id, name, contents[name] ?? {});
        const approvalId = asked.body?.approvalId;
        if (asked.code !== 'ok' || approvalId === undefined || approvalId === null) continue;
        if (rejected) {
          await two.send('POST', `/v1/approvals/${approvalId}/reject`, { comment: 'no' });
          t.equal((await look(one, id)).body?.state, was, `rejected: as it was`);
          continue;
        }
        const codes = (await Promise.all([accept(two, approvalId), accept(three, approvalId)])).map(
          (a) => a.code,
        );
        const after = (await look(one, id)).body;
        if (codes.includes('ok')) t.match(after, { state: 'resolved', resolution: name });
        else {
          t.equal(after?.state, was, `${name} of ${kind}: ${codes.join()}`);
          await one.send('POST', `/v1/approvals/${approvalId}/withdrawal`, {});
        }
        t.notOk(codes.includes('internal-error'), `${name} of ${kind}`);
      }
    }),
    { numRuns: 60 },
  );
  t.same(world.faults, []);
  t.ok((await balance(world, 'suspense')) <= 0n);
  await assertBooksBalance(db);
});
