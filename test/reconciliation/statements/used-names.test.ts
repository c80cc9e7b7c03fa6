// A bank that drops each statement under the same name: one that comes while the last is worked on is not lost.
import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { fetchDropped } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { OURS, statementParts } from '../../support/statement-world.ts';

t.test('the newer of two statements of one name is read in its turn', async (t) => {
  const world = await makeRemitWorld(t);
  const parts = { ...statementParts(world), dataDir: world.dataDir };
  const folder = path.join(world.dataDir, 'statements', 'main');
  await mkdir(folder, { recursive: true });
  const lay = async (ref: string): Promise<void> => {
    const [aside, at] = [path.join(folder, '.new'), path.join(folder, 'camt.xml')];
    const bookings = [{ minor: 10n, ref }];
    await writeFile(aside, camt({ account: OURS, currency: 'OMR', bookings, id: ref }));
    await utimes(aside, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
    await rename(aside, at);
  };
  await lay('first');
  let meanwhile = (): Promise<void> => lay('second');
  const at = async (): Promise<void> => {
    await meanwhile();
    meanwhile = async () => undefined;
  };
  await fetchDropped({ ...parts, at });
  t.same((await readdir(folder)).sort(), ['camt.xml', 'read']);
  await fetchDropped(parts);
  t.same((await readdir(path.join(folder, 'read'))).sort(), ['camt.xml', 'camt.xml.2']);
  const rows = await world.db.transaction((tx) =>
    tx.query('select name, state from statement_file order by file_id'),
  );
  t.same(rows, Array(2).fill({ name: 'camt.xml', state: 'read' }));
});
