// Debits that lie in a file which the bank has, as sending leaves them.
import { newId, type Uuid } from '../../src/kernel/ids.ts';
import { messageIdOf } from '../../src/orders/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { BILLERS } from './world.ts';

/** `account` null: they are credited to the agency's own account. `state`: `made` is not with the bank yet. */
export async function inFile(
  db: Database,
  debits: readonly Uuid[],
  { account = 1, state = 'handed-over' }: { account?: number | null; state?: 'made' | 'handed-over' } = {},
): Promise<string> {
  const fileId = newId(Date.now(), 0);
  const messageId = messageIdOf(fileId);
  await db.transaction(async (tx) => {
    await tx.query(
      `insert into order_file (file_id, kind, bank_id, account_id, message_id, name, execute_on, transfers, amount_minor, currency, sealed_bytes,
         sha256, state, made_at, offered_at, handed_over_at)
       select $1, 'debit', (select min(bank_id) from bank), $2, $3, $3, '2026-11-22', count(*), sum(amount_minor), min(currency), '', sha256(''), $4,
              now(), case $4 when 'made' then null else now() end, case $4 when 'made' then null else now() end
         from debit_order where debit_id = any($5::uuid[])`,
      [fileId, account, messageId, state, debits],
    );
    await tx.query(`update debit_order set way = 'file', file_id = $1 where debit_id = any($2::uuid[])`, [
      fileId,
      debits,
    ]);
  });
  return messageId;
}

/** The debit is under a mandate of its own, with another bank. */
export async function atBank(db: Database, debitId: Uuid, channelCode: string): Promise<void> {
  const change = { mandate_id: newId(Date.now(), BILLERS.om.id), reference: debitId };
  await db.transaction(async (tx) => {
    for (const table of ['mandate', 'mandate_cover', 'mandate_step'])
      await tx.query(
        `insert into ${table} select (jsonb_populate_record(t, $1::jsonb)).* from ${table} t
          where t.mandate_id = (select mandate_id from debit_order where debit_id = $2)`,
        [JSON.stringify(change), debitId],
      );
    await tx.query(
      `with moved as (
         update mandate set channel_id = (select channel_id from channel where code = $2) where mandate_id = $1 returning channel_id)
       update debit_order set mandate_id = $1, channel_id = moved.channel_id from moved where debit_id = $3`,
      [change.mandate_id, channelCode, debitId],
    );
  });
}
