// `wasit mandate …` as one of the agency's people works with it.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { commandLine } from '../support/command-line.ts';
import { makeMandateWorld, opened, validate } from '../support/mandates.ts';
import { session } from '../support/staff.ts';

t.test('mandates at the command line', async (t) => {
  const world = await makeMandateWorld(t);
  const { wasit, dir } = await commandLine(t, world.url);
  const token = await session(world.db, 'approver');
  const file = { baseUrl: world.baseUrl, login: 'approver', token, expiresAt: 'soon' };
  await writeFile(path.join(dir, 'session.json'), JSON.stringify(file), { mode: 0o600 });
  const id = await opened(world.agency, { payerId: 'E-CLI' });
  await validate(world.bank, id);
  const listed = await wasit('mandate', 'list', '--state', 'bank-validated', '--payer-id', 'E-CLI');
  t.match(listed, { code: 0, out: /mnd_.*bank-validated.*om-social.*E-CLI.*bank.*OM\*+3456/ });
  t.notMatch(listed.out, '810180000001299123456');
  t.match(await wasit('mandate', 'decide', id, 'perhaps'), { code: 2, err: /accept, reject, return/ });
  t.match(await wasit('mandate', 'decide', id, 'reject'), { code: 1, err: /comment/ });
  t.match(await wasit('mandate', 'decide', id, 'accept'), { code: 0, out: /accepted/ });
  t.match(await wasit('mandate', 'suspend', id, '--reason', 'he asked', '--for-payer'), {
    code: 0,
    out: /suspended\s+he asked/,
  });
  t.match(await wasit('mandate', 'resume', id, '--reason', 'x'), { code: 1, err: /mandate-state|suspended/ });
  const ended = await wasit('mandate', 'cancel', id, '--reason', 'he moved', '--json');
  t.match(JSON.parse(ended.out), { state: 'cancelled', reason: 'he moved' });
  t.match(await wasit('mandate', 'show', id), { code: 0, out: /approver.*agency.*cancelled/ });
  t.match(await wasit('mandate', 'show', id), { out: /om-social +E-CLI +all/ }, 'no units are named: all');
});
