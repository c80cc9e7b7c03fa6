// SQL of order files: made once with their bytes, claimed by one worker at a time, handed over once.

import { hash } from 'node:crypto';
import type { BankAccount, Handover } from '../../billers/bank/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance } from '../batch.ts';
import { toRemittance, type RemittanceRow } from '../remittances/index.ts';
import type { PaymentOrder } from './order.ts';

export interface OrderMade {
  readonly fileId: Uuid;
  readonly name: string;
  readonly transfers: number;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export async function insertOrderFile(
  tx: Tx,
  account: BankAccount,
  fileId: Uuid,
  order: PaymentOrder,
  bytes: Buffer,
): Promise<OrderMade> {
  const { messageId, executeOn, transfers, createdAt } = order;
  const amountMinor = transfers.reduce((sum, each) => sum + each.amount.minor, 0n);
  const name = `${account.code}_${executeOn}_${messageId}.xml`;
  await tx.query(
    `insert into order_file (file_id, account_id, message_id, name, execute_on, transfers, amount_minor, currency, bytes,
                             sha256, state, next_try_at, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'made', clock_timestamp(), $11)`,
    [
      fileId,
      account.accountId,
      messageId,
      name,
      executeOn,
      transfers.length,
      amountMinor,
      account.currency,
      bytes,
      hash('sha256', bytes, 'buffer'),
      createdAt,
    ],
  );
  return { fileId, name, transfers: transfers.length, amountMinor, currency: account.currency };
}

export interface WaitingFile {
  readonly fileId: Uuid;
  readonly name: string;
  readonly bytes: Buffer;
  /** It may lie under its name already, or have been taken from there. */
  readonly isOffered: boolean;
  /** This one included. */
  readonly attempts: number;
  readonly bankCode: string;
  readonly handover: Handover;
  readonly sealedSecret: Buffer | null;
  /** Its bank has been offered a file before, be it this one. */
  readonly isUsed: boolean;
}

interface WaitingRow {
  file_id: Uuid;
  name: string;
  bytes: Buffer;
  is_offered: boolean;
  attempts: number;
  code: string;
  handover: Handover;
  sealed_secret: Buffer | null;
  is_used: boolean;
}

/**
 * The oldest that is to be tried now; others leave it alone for `leaseMs`. `evenLater`: also one that waits for its next
 * try, or for a person after a fault. `but` have been tried in this round.
 */
export async function claimFile(
  tx: Tx,
  { leaseMs, evenLater, but }: { leaseMs: number; evenLater: boolean; but: readonly Uuid[] },
): Promise<WaitingFile | undefined> {
  const [row] = await tx.query<WaitingRow>(
    `with chosen as (
       select file_id from order_file
        where state = 'made' and (next_try_at <= clock_timestamp() or $2 and coalesce(failure, '') <> '')
          and not file_id = any($3::uuid[])
        order by made_at limit 1 for update skip locked
     )
     update order_file f set attempts = f.attempts + 1, failure = null,
            next_try_at = clock_timestamp() + make_interval(secs => $1::double precision / 1000)
       from chosen, bank_account a, bank b
      where f.file_id = chosen.file_id and a.account_id = f.account_id and b.bank_id = a.bank_id
     returning f.file_id, f.name, f.bytes, f.offered_at is not null as is_offered, f.attempts, b.code, b.handover, b.sealed_secret,
            exists (select from order_file o join bank_account using (account_id)
                     where bank_id = b.bank_id and o.offered_at is not null) as is_used`,
    [leaseMs, evenLater, [...but]],
  );
  if (row === undefined) return undefined;
  return {
    fileId: row.file_id,
    name: row.name,
    bytes: row.bytes,
    isOffered: row.is_offered,
    attempts: row.attempts,
    bankCode: row.code,
    handover: row.handover,
    sealedSecret: row.sealed_secret,
    isUsed: row.is_used,
  };
}

/** Those that somebody is handing over, or was when he died, and until when nobody else tries. */
export function filesUnderway(tx: Tx): Promise<{ name: string; until: Date }[]> {
  return tx.query(
    `select name, next_try_at as until from order_file
      where state = 'made' and failure is null and next_try_at > clock_timestamp() order by made_at`,
  );
}

/** From here on the file may lie under its name. */
export async function noteOffered(tx: Tx, fileId: Uuid): Promise<void> {
  await tx.query('update order_file set offered_at = clock_timestamp() where file_id = $1', [fileId]);
}

/** `pauseMs` null: not again before a person says so. */
export async function noteFailure(
  tx: Tx,
  fileId: Uuid,
  failure: string,
  pauseMs: number | null,
): Promise<void> {
  await tx.query(
    `update order_file set failure = $2,
            next_try_at = clock_timestamp() + make_interval(secs => $3::double precision / 1000)
      where file_id = $1 and state = 'made'`,
    [fileId, failure.slice(0, 500), pauseMs],
  );
}

/** False: somebody had noted it before. */
export async function noteHandedOver(tx: Tx, fileId: Uuid, remark: string | null): Promise<boolean> {
  const rows = await tx.query(
    `update order_file set state = 'handed-over', handed_over_at = business_now(), next_try_at = null, failure = $2
      where file_id = $1 and state = 'made' returning file_id`,
    [fileId, remark],
  );
  return rows.length === 1;
}

/** The remittances of a file bear the time from which the bank has them; locked in their order. */
export async function markSent(tx: Tx, fileId: Uuid, at: Date): Promise<Remittance[]> {
  await lockOfFile(tx, fileId);
  const rows = await tx.query<RemittanceRow>(
    'update remittance set sent_at = $2 where file_id = $1 returning *',
    [fileId, at],
  );
  return rows.map(toRemittance);
}

/** The remittances of a file, in the order of (biller, remittance). */
export async function lockOfFile(tx: Tx, fileId: Uuid): Promise<Remittance[]> {
  const rows = await tx.query<RemittanceRow>(
    'select * from remittance where file_id = $1 order by biller_id, remittance_id for no key update',
    [fileId],
  );
  return rows.map(toRemittance);
}
