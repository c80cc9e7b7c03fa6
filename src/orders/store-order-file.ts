// SQL of order files on their way: made once with their bytes, claimed by one worker at a time, handed over once.

import type { Handover } from '../billers/bank/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Uuid } from '../kernel/ids.ts';
import { textArray, type Tx } from '../platform/db/index.ts';
import type { OrderFile } from './order-kind.ts';
import { sealOrder, type KeptBytes } from './sealed-file.ts';

export interface NewOrderFile extends Omit<OrderFile, 'stands'> {
  /** Under which it lies at the bank; of its own for ever. */
  readonly name: string;
  readonly executeOn: BusinessDate;
  /** Of all transactions; zero where they move no money. */
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What the bank is to be given; kept sealed. */
  readonly bytes: Buffer;
  readonly madeAt: Date;
}

/** From the commit on it travels by itself. The transaction marks what stands in it, so that nothing is ordered twice. */
export async function insertOrderFile(tx: Tx, masterKey: Buffer, file: NewOrderFile): Promise<void> {
  const { sealed, sha256, idsSha256 } = sealOrder(masterKey, file.fileId, file.bytes);
  await tx.query(
    `insert into order_file (file_id, kind, bank_id, account_id, message_id, name, execute_on, transfers, amount_minor,
                             currency, sealed_bytes, sha256, ids_sha256, state, next_try_at, made_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'made', clock_timestamp(), $14)`,
    [
      file.fileId,
      file.kind,
      file.bankId,
      file.accountId,
      file.messageId,
      file.name,
      file.executeOn,
      file.transactions,
      file.amountMinor,
      file.currency,
      sealed,
      sha256,
      idsSha256,
      file.madeAt,
    ],
  );
}

export interface WaitingFile {
  readonly fileId: Uuid;
  readonly name: string;
  readonly kept: KeptBytes;
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

interface WaitingRow extends KeptBytes {
  file_id: Uuid;
  name: string;
  is_offered: boolean;
  attempts: number;
  code: string;
  handover: Handover;
  sealed_secret: Buffer | null;
  is_used: boolean;
}

interface ClaimWish {
  readonly kinds: Iterable<string>;
  readonly leaseMs: number;
  readonly evenLater: boolean;
  readonly but: readonly Uuid[];
}

/**
 * The oldest of these kinds that is to be tried now; others leave it alone for `leaseMs`. `evenLater`: also one that
 * waits for its next try, or for a person after a fault. `but` have been tried in this round.
 */
export async function claimFile(
  tx: Tx,
  { kinds, leaseMs, evenLater, but }: ClaimWish,
): Promise<WaitingFile | undefined> {
  const [row] = await tx.query<WaitingRow>(
    `with chosen as (
       select file_id from order_file
        where state = 'made' and (next_try_at <= clock_timestamp() or $2 and coalesce(failure, '') <> '')
          and not file_id = any($3::uuid[]) and kind = any($4::text[])
        order by made_at limit 1 for update skip locked
     )
     update order_file f set attempts = f.attempts + 1, failure = null,
            next_try_at = clock_timestamp() + make_interval(secs => $1::double precision / 1000)
       from chosen, bank b
      where f.file_id = chosen.file_id and b.bank_id = f.bank_id
     returning f.file_id, f.name, f.bytes, f.sealed_bytes, f.offered_at is not null as is_offered, f.attempts, b.code, b.handover, b.sealed_secret,
            exists (select from order_file o where o.bank_id = b.bank_id and o.offered_at is not null) as is_used`,
    [leaseMs, evenLater, [...but], [...kinds]],
  );
  if (row === undefined) return undefined;
  return {
    fileId: row.file_id,
    name: row.name,
    kept: { bytes: row.bytes, sealed_bytes: row.sealed_bytes },
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

interface FileRow {
  file_id: Uuid;
  kind: string;
  message_id: string;
  bank_id: number;
  account_id: number | null;
  transfers: number;
  stands: OrderFile['stands'];
}

const FILE = `select file_id, kind, message_id, bank_id, account_id, transfers,
            case when state <> 'made' then 'told' when offered_at is null then 'made' else 'offered' end as stands
       from order_file`;

function toFile(row: FileRow): OrderFile {
  return {
    fileId: row.file_id,
    kind: row.kind,
    messageId: row.message_id,
    bankId: row.bank_id,
    accountId: row.account_id,
    transactions: row.transfers,
    stands: row.stands,
  };
}

/** undefined: there is none, or none that waits for its bank. */
export async function lockWaiting(tx: Tx, fileId: Uuid): Promise<OrderFile | undefined> {
  const [row] = await tx.query<FileRow>(`${FILE} where file_id = $1 and state = 'made' for no key update`, [
    fileId,
  ]);
  return row && toFile(row);
}

/** Locked in the order of their ids, so that nobody hands one over or answers it meanwhile; by message id. */
export async function lockNamed(tx: Tx, messageIds: readonly string[]): Promise<Map<string, OrderFile>> {
  const rows = await tx.query<FileRow>(
    `${FILE} where message_id = any($1::text[]) and state <> 'withdrawn' order by file_id for no key update`,
    [textArray(messageIds)],
  );
  return new Map(rows.map((row) => [row.message_id, toFile(row)]));
}
