// A break names the resolutions that can be asked for, and none that would refuse for what the break itself says.
import t from 'tap';
import { findOne, look, makeBreakWorld, resolve, uuidOf } from '../../support/breaks.ts';
import { bill } from '../../support/client.ts';

const amount = (value: string) => ({ amount: value, status: 'accepted' });

t.test('what it says decides what it may end by', async (t) => {
  const world = await makeBreakWorld(t);
  const paid = await world.client('bank').pay({ reference: 'B-1', bills: [bill('OM-1', '100.000')] });
  const paymentId = uuidOf(paid.body?.paymentId);
  const cases: [string, Parameters<typeof findOne>[1], string[]][] = [
    [
      'they took it, we gave it back',
      { kind: 'status-differs', paymentId, theirs: { status: 'accepted' } },
      ['accept-ours', 'post', 'suspense', 'dispute'],
    ],
    [
      'they gave it back, we have it',
      { kind: 'status-differs', paymentId, theirs: { status: 'reversed' } },
      ['accept-ours', 'reverse', 'dispute'],
    ],
    [
      'they took more',
      { kind: 'amount-differs', paymentId, ours: amount('100.000'), theirs: amount('200.000') },
      ['accept-ours', 'reverse', 'suspense', 'dispute'],
    ],
    [
      'they took less',
      { kind: 'amount-differs', paymentId, ours: amount('200.000'), theirs: amount('100.000') },
      ['accept-ours', 'reverse', 'dispute'],
    ],
    ['nothing is at stake', { kind: 'missing-here', amountMinor: 0n }, ['accept-ours', 'post', 'suspense']],
  ];
  for (const [name, of, expected] of cases) {
    const id = await findOne(world, of);
    t.strictSame((await look(world.one, id)).body?.mayEndBy, expected, name);
    for (const unnamed of ['post', 'reverse', 'suspense', 'dispute'].filter(
      (each) => !expected.includes(each),
    )) {
      const content = { reverse: { reason: 'x' }, dispute: { reason: 'other', words: 'x' } }[unnamed] ?? {};
      const { status } = await resolve(world.one, id, unnamed, content);
      t.ok(status >= 400, `${name}: ${unnamed}`);
    }
  }
});
