// Orders into a folder that others may write to, and that may not be there: nothing is followed elsewhere, waited for, or
// taken to be with the bank because it lies nowhere.
import { execFile } from 'node:child_process';
import { lstat, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { handOver, handOverParts } from '../../src/orders/index.ts';
import { makeOrders } from '../../src/settlement/orders/index.ts';
import { setClock } from '../support/world.ts';
import { filesAt, makeRemitWorld, planned, type RemitWorld } from '../support/remit-world.ts';

const DUE = '2026-11-23T06:00:00Z';

/** Tries what waits, and stops at `point`. */
async function attempt({ parts }: RemitWorld, point?: 'written' | 'offered') {
  const at = async (reached: string): Promise<void> => {
    if (reached === point) throw new Error(`broken off at ${point}`);
  };
  return handOver({ ...handOverParts(parts), leaseMs: 0, at }, { evenLater: true });
}

async function anOrder(
  world: RemitWorld,
): Promise<{ name: string; folder: string; file: string; part: string }> {
  await planned(world);
  await setClock(world.db, DUE);
  const [made] = await makeOrders(world.parts);
  if (made === undefined) throw new Error('no order was made');
  const folder = path.join(world.dataDir, 'orders');
  return {
    name: made.name,
    folder,
    file: path.join(folder, made.name),
    part: path.join(folder, `.${made.name}.part`),
  };
}

t.test('a folder that is gone is no proof that the bank has collected', async (t) => {
  const world = await makeRemitWorld(t);
  const { name, folder } = await anOrder(world);
  await attempt(world, 'offered');
  await rename(folder, `${folder}-elsewhere`);
  t.match((await attempt(world)).failed, [{ name, failure: /no \.wasit in it; is a share not mounted/ }]);
  await t.rejects(lstat(folder), { code: 'ENOENT' }, 'it is not made anew');
  await rename(`${folder}-elsewhere`, folder);
  t.same((await attempt(world)).handedOver, [name]);
  t.same([...(await filesAt(folder)).keys()], [name]);
});

t.test('another folder is used when somebody says so', async (t) => {
  const world = await makeRemitWorld(t);
  const { name, folder } = await anOrder(world);
  await attempt(world, 'offered');
  await rm(path.join(folder, '.wasit'));
  t.match((await attempt(world)).failed, [{ name }]);
  await writeFile(path.join(folder, '.wasit'), '');
  t.same((await attempt(world)).handedOver, [name]);
});

t.test('links and pipes are neither followed nor waited for', async (t) => {
  const world = await makeRemitWorld(t);
  const { name, file, part } = await anOrder(world);
  await attempt(world, 'written');
  const victim = path.join(world.dataDir, 'victim');
  await writeFile(victim, 'of somebody else');
  await rm(part);
  await symlink(victim, part);
  await promisify(execFile)('mkfifo', [file]);
  t.match((await attempt(world)).failed, [{ name, failure: /no regular file/ }]);
  await rm(file);
  t.same((await attempt(world)).handedOver, [name]);
  t.equal(await readFile(victim, 'utf8'), 'of somebody else');
  t.ok((await lstat(file)).isFile());
});
