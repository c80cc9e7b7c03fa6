// Evidence at the command line: attached, shown, and written to a file that is not there yet.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { makeBreakWorld } from '../../support/breaks.ts';
import { commandLine } from '../../support/command-line.ts';
import { open, paid } from '../../support/disputes.ts';
import { session } from '../../support/staff.ts';

t.test('evidence at the command line', async (t) => {
  const world = await makeBreakWorld(t);
  const { dir, wasit } = await commandLine(t, world.url);
  const token = await session(world.db, 'one');
  const signedIn = { baseUrl: world.baseUrl, login: 'one', token, expiresAt: 'soon' };
  await writeFile(path.join(dir, 'session.json'), JSON.stringify(signedIn), { mode: 0o600 });
  const { body } = await open(world.client('bank'), await paid(world, 'OM-8'));
  const id = body?.disputeId ?? '';
  const slip = path.join(dir, 'bank slip.pdf');
  await writeFile(slip, '%PDF-1.7 slip');

  const attached = await wasit('dispute', 'attach', id, slip, '--json');
  t.equal(attached.code, 0, attached.err);
  const { attachmentId } = JSON.parse(attached.out) as { attachmentId: string };
  t.match(await wasit('dispute', 'show', id), { code: 0, out: new RegExp(`${attachmentId}.*bank slip.pdf`) });
  const copy = path.join(dir, 'copy.pdf');
  t.match(await wasit('dispute', 'download', id, attachmentId, copy), { code: 0 });
  t.equal(await readFile(copy, 'utf8'), '%PDF-1.7 slip');
  t.match(await wasit('dispute', 'download', id, attachmentId, copy), { code: 1, err: /cannot be written/ });
  t.match(await wasit('dispute', 'attach', id, path.join(dir, 'a.exe')), { code: 2, err: /a file of/ });
  t.match(await wasit('dispute', 'attach', id, path.join(dir, 'none.pdf')), {
    code: 2,
    err: /cannot be read/,
  });
});
