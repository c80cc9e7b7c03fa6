// Two people at the command line: one asks, the other accepts. Each in a data folder, and so a session, of his own.
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { commandLine } from '../support/command-line.ts';
import { startTestWorld } from '../support/gateway.ts';
import { session } from '../support/staff.ts';

t.test('asked by one, accepted by another, at the command line', async (t) => {
  const world = await startTestWorld(t);
  const one = await commandLine(t, world.url);
  const two = await commandLine(t, world.url);
  for (const [login, { wasit, dir }] of Object.entries({ one, two })) {
    const added = await wasit(
      'staff',
      'add',
      login,
      '--name',
      login,
      '--role',
      'operator-admin',
      '--generate',
    );
    t.match(added, { code: 0, out: /shown once: [a-z2-9]{5}(-[a-z2-9]{5}){3}\n/ });
    const file = { baseUrl: world.baseUrl, login, token: await session(world.db, login), expiresAt: 'soon' };
    await writeFile(path.join(dir, 'session.json'), JSON.stringify(file), { mode: 0o600 });
  }
  const asked = await one.wasit('channel', 'top-up', 'agent', '5.000', 'OMR', '--reference', 'B-1', '--json');
  t.equal(asked.code, 0, asked.err);
  const { approvalId } = JSON.parse(asked.out) as { approvalId: string };
  t.match(await one.wasit('approval', 'accept', approvalId), { code: 1, err: /self-approval/ });
  const proof = path.join(two.dir, 'proof.txt');
  await writeFile(proof, 'statement of 22 November');
  t.match(await two.wasit('approval', 'attach', approvalId, proof), { code: 0, out: /att_/ });
  t.match(await two.wasit('approval', 'accept', approvalId, '--comment', 'seen'), {
    code: 0,
    out: /accepted: seen/,
  });
  t.match(await one.wasit('approval', 'rule', 'nokind', '--steps', '2'), {
    code: 2,
    err: /nokind is no kind of request: top-up, credit-apply, .*remittance-confirm/,
  });
  t.match(await one.wasit('approval', 'rule', 'top-up', '--steps', '2'), { code: 0 });
  t.same(JSON.parse((await one.wasit('approval', 'rule', '--json')).out), [{ kind: 'top-up', steps: 2 }]);
  t.match(await two.wasit('logout'), { code: 0, out: /signed out/ });
  await t.rejects(stat(path.join(two.dir, 'session.json')));
  t.match(await two.wasit('approval', 'list'), { code: 1, err: /nobody is signed in/ });
});
