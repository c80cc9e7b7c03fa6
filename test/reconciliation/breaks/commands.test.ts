// The work list at the command line: one person asks, another accepts.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { findOne, makeBreakWorld } from '../../support/breaks.ts';
import { commandLine } from '../../support/command-line.ts';
import { session } from '../../support/staff.ts';

t.test('a break at the command line', async (t) => {
  const world = await makeBreakWorld(t);
  const one = await commandLine(t, world.url);
  const two = await commandLine(t, world.url);
  for (const [login, { dir }] of Object.entries({ one, two })) {
    const file = { baseUrl: world.baseUrl, login, token: await session(world.db, login), expiresAt: 'soon' };
    await writeFile(path.join(dir, 'session.json'), JSON.stringify(file), { mode: 0o600 });
  }
  const id = await findOne(world, { kind: 'missing-here', reference: 'B-1', theirs: { status: 'accepted' } });
  t.match(await one.wasit('break', 'list', '--channel', 'bank'), {
    code: 0,
    out: /brk_.* missing-here .*B-1/,
  });
  t.match(await one.wasit('break', 'list', '--kind', 'wrong-day'), { code: 0, out: /\(none\)/ });
  t.match(await one.wasit('break', 'assign', id, 'one'), { code: 0 });
  t.match(await one.wasit('break', 'comment', id, 'the bank looks for the receipt'), { code: 0 });
  const bills = [{ billNumber: 'OM-1', amount: { value: '100.000', currency: 'OMR' } }];
  const content = JSON.stringify({ bills });
  t.match(await one.wasit('break', 'resolve', id, 'post', '{', '--reference', 'R'), { code: 2 });
  t.match(await one.wasit('break', 'resolve', id, 'nothing', '--reference', 'R'), {
    code: 1,
    err: /ends by: accept-ours, post, suspense/,
  });
  const asked = await one.wasit('break', 'resolve', id, 'post', content, '--reference', 'R', '--json');
  t.equal(asked.code, 0, asked.err);
  const { approvalId } = JSON.parse(asked.out) as { approvalId: string };
  t.match(await two.wasit('approval', 'accept', approvalId), { code: 0, out: /pay OM-1 of om-social/ });
  t.match(await one.wasit('break', 'show', id), {
    code: 0,
    out: /resolved[^]*the bank looks[^]*biller\/payable/,
  });
});
