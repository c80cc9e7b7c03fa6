// The audit log: a change and its row stand or fall together, and nobody changes the log.

import t from 'tap';
import { orRefuse, recordAudit, type Actor } from '../../src/access/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { testDatabase } from '../support/database.ts';

const actor: Actor = { name: 'salma', origin: 'cli' };

const log = (db: Database) =>
  db.transaction((tx) => tx.query(`select actor, origin, action, subject, before, after from audit_log`));

t.test('a change leaves who, what, before and after, in its own transaction', async (t) => {
  const { db } = await testDatabase(t);
  await db.transaction((tx) =>
    recordAudit(tx, actor, {
      action: 'key.add',
      subject: 'channel/bank-one',
      after: { algorithm: 'ed25519' },
    }),
  );
  const undone = db.transaction(async (tx) => {
    await recordAudit(tx, actor, { action: 'key.revoke', subject: 'channel/bank-one' });
    throw new Error('the change failed');
  });
  await t.rejects(undone, { message: 'the change failed' });
  t.same(await log(db), [
    {
      actor: 'salma',
      origin: 'cli',
      action: 'key.add',
      subject: 'channel/bank-one',
      before: null,
      after: { algorithm: 'ed25519' },
    },
  ]);
});

t.test('the log is append-only', async (t) => {
  const { db } = await testDatabase(t);
  await db.transaction((tx) => recordAudit(tx, actor, { action: 'channel.add', subject: 'channel/one' }));
  for (const sql of [`update audit_log set actor = 'x'`, 'delete from audit_log', 'truncate audit_log'])
    await t.rejects(
      db.transaction((tx) => tx.query(sql)),
      { message: 'audit_log rows are append-only' },
      sql,
    );
  t.equal((await log(db)).length, 1);
});

t.test('a change that was not made ends the command with its reason', async (t) => {
  t.equal(orRefuse({ ok: true, value: 3 }), 3);
  t.throws(() => orRefuse<void>({ ok: false, reason: 'there is no such key' }), {
    message: 'there is no such key',
  });
});
