// Orders over SFTP to a real OpenSSH server: whole files only, once, and to no other server than the one that is meant.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import type { Uuid } from '../../src/kernel/ids.ts';
import { handOver, handOverParts } from '../../src/orders/index.ts';
import { openOrder } from '../../src/orders/sealed-file.ts';
import { makeOrders } from '../../src/settlement/orders/index.ts';
import {
  changeBank,
  makeRemitWorld,
  planned,
  standing,
  work,
  type RemitWorld,
} from '../support/remit-world.ts';
import { sftpServer, type SftpServer } from '../support/sftp-server.ts';
import { MASTER_KEY } from '../support/world.ts';

const DUE = '2026-11-23T06:00:00Z';

async function bankAt(world: RemitWorld, server: SftpServer, hostKey = server.fingerprint): Promise<void> {
  const { port, user, folder, privateKey } = server;
  const handover = { way: 'sftp', host: '127.0.0.1', port, user, folder, hostKey };
  await changeBank(world.db, { handover }, privateKey);
}

async function again(world: RemitWorld) {
  return handOver({ ...handOverParts(world.parts), leaseMs: 0 }, { evenLater: true });
}

t.test('an order goes over SFTP once, whatever happens on the way', async (t) => {
  const server = await sftpServer(t);
  const world = await makeRemitWorld(t);
  await bankAt(world, server, `SHA256:${'A'.repeat(43)}`);
  const one = await planned(world);
  await work(world, DUE);
  t.same(await readdir(server.folder), [], 'nothing for a server with another key');
  const [file] = await world.db.transaction((tx) =>
    tx.query<{
      state: string;
      failure: string;
      name: string;
      file_id: Uuid;
      bytes: null;
      sealed_bytes: Buffer;
      next_try_at: Date | null;
    }>('select * from order_file'),
  );
  if (file === undefined) throw new Error('no order was made');
  t.match(file.failure, /host key of 127\.0\.0\.1:\d+ is SHA256:.* and not the one given/);
  t.ok(file.next_try_at, 'tried again later');

  await bankAt(world, server);
  await server.stop();
  t.match((await again(world)).failed, [{ name: file.name }], 'the bank is away');
  await server.start();
  t.same((await again(world)).handedOver, [file.name]);
  t.same(await readdir(server.folder), [file.name], 'the file, and no part of it');
  t.same(await readFile(path.join(server.folder, file.name)), openOrder(MASTER_KEY, file.file_id, file));
  t.match(await standing(world.db, one.remittanceId), { state: 'sent', sent_at: Date });
  t.same((await again(world)).handedOver, [], 'and it stays at that');
});

t.test('half an upload is begun anew; a broken rename is found out; other bytes stop it', async (t) => {
  const server = await sftpServer(t);
  const world = await makeRemitWorld(t);
  await bankAt(world, server);
  await planned(world);
  await world.db.transaction((tx) => tx.query(`update demo_clock set shift = shift + interval '1 day'`));
  const [made] = await makeOrders(world.parts);
  if (made === undefined) throw new Error('no order was made');
  const at = (name: string): string => path.join(server.folder, name);
  const part = `.${made.name}.part`;
  const stoppedAt = async (point: string) => {
    const parts = handOverParts(world.parts);
    const at = async (reached: string) => {
      if (reached === point) throw new Error(`broken off at ${point}`);
    };
    await handOver({ ...parts, leaseMs: 0, at }, { evenLater: true });
  };
  await writeFile(at(part), 'half an upl');
  await stoppedAt('offered');
  t.same(await readdir(server.folder), [part]);
  await stoppedAt('renamed');
  t.same(await readdir(server.folder), [made.name], 'renamed, and not noted');
  const bytes = await readFile(at(made.name));
  await writeFile(at(made.name), 'something else');
  t.match((await again(world)).failed, [{ failure: /there already with other bytes/ }]);
  const [file] = await world.db.transaction((tx) =>
    tx.query<{ next_try_at: Date | null }>('select next_try_at from order_file'),
  );
  t.equal(file?.next_try_at, null, 'a person has to look');
  await writeFile(at(made.name), bytes);
  t.same((await again(world)).handedOver, [made.name], 'who looked says so');
  await rm(at(made.name));
  t.same((await again(world)).handedOver, [], 'collected by the bank, and not put there again');
  t.same(await readdir(server.folder), []);
});
