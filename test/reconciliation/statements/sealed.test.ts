// The bytes of statements are kept sealed: no account stands in them in clear, a file of many chunks is read as it came, and what
// a version before has kept in clear is read, and sealed by the worker.
import t from 'tap';
import { sealOlderChunks } from '../../../src/reconciliation/statements/seal-older.ts';
import { loadStatementFile } from '../../../src/reconciliation/statements/load-file.ts';
import { receiveStatementFile } from '../../../src/reconciliation/statements/index.ts';
import { camt } from '../../support/bank-statement.ts';
import { makeRemitWorld } from '../../support/remit-world.ts';
import { FROM_BANK, fileOf, linesOf, OURS, statementParts } from '../../support/statement-world.ts';

const PAYERS = 'OM810180000001299123456';
const NAMED = [PAYERS, OURS];
const bytes = camt({
  account: OURS,
  currency: 'OMR',
  bookings: Array.from({ length: 300 }, (_, nth) => ({ minor: BigInt(1_000 + nth), text: `from ${PAYERS}` })),
});

async function* inPieces(): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 7_000) yield bytes.subarray(at, at + 7_000);
}

t.test('kept sealed, read as it came', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const parts = statementParts(world);
  const received = await receiveStatementFile(parts, FROM_BANK, inPieces());
  if ('code' in received) throw new Error(received.code);
  const { fileId } = received;
  const again = await receiveStatementFile(parts, { ...FROM_BANK, name: 'again.xml' }, inPieces());
  t.match(again, { fileId, known: true }, 'the same bytes are one file, however they are sealed');
  const chunks = () =>
    db.transaction((tx) =>
      tx.query<{ chunk: number; bytes: Buffer | null; sealed_bytes: Buffer | null }>(
        'select chunk, bytes, sealed_bytes from statement_file_chunk order by chunk',
      ),
    );
  const kept = await chunks();
  const holds = (piece: Buffer | null): boolean =>
    NAMED.some((number) => piece?.toString('latin1').includes(number) === true);
  t.same(
    kept.filter((chunk) => chunk.bytes !== null || holds(chunk.sealed_bytes)),
    [],
  );
  t.match(await fileOf(db, fileId), { bytes: BigInt(bytes.length) }, 'as many as the bank has written');

  await db.transaction((tx) =>
    tx.query('update statement_file_chunk set sealed_bytes = null, bytes = $1 where chunk = 0', [
      bytes.subarray(0, bytes.length - 1),
    ]),
  );
  await db.transaction((tx) => tx.query('delete from statement_file_chunk where chunk > 0'));
  await db.transaction((tx) =>
    tx.query('insert into statement_file_chunk (file_id, chunk, bytes) values ($1, 1, $2)', [
      fileId,
      bytes.subarray(bytes.length - 1),
    ]),
  );
  t.equal(await sealOlderChunks(parts), 2, 'what a version before has kept');
  t.equal(await sealOlderChunks(parts), 0);
  t.same(
    (await chunks()).filter((chunk) => chunk.bytes !== null || holds(chunk.sealed_bytes)),
    [],
  );
  t.equal(await loadStatementFile(parts, fileId), 'read');
  t.equal((await linesOf(db, fileId)).length, 300);
});

t.test('changed: not read; in clear, as a version before has kept it: read', async (t) => {
  const world = await makeRemitWorld(t);
  const { db } = world;
  const parts = statementParts(world);
  const received = await receiveStatementFile(parts, FROM_BANK, inPieces());
  if ('code' in received) throw new Error(received.code);
  await db.transaction((tx) =>
    tx.query(
      'update statement_file_chunk set sealed_bytes = set_byte(sealed_bytes, 40, get_byte(sealed_bytes, 40) # 1)',
    ),
  );
  await t.rejects(loadStatementFile(parts, received.fileId), /does not open/);
  await db.transaction((tx) => tx.query('delete from statement_file_chunk'));
  await db.transaction((tx) =>
    tx.query('insert into statement_file_chunk (file_id, chunk, bytes) values ($1, 0, $2)', [
      received.fileId,
      bytes,
    ]),
  );
  t.equal(await loadStatementFile({ ...parts, idleSeconds: 0 }, received.fileId), 'read');
});
