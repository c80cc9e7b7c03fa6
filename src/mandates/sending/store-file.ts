// SQL of the files of debits: what is built and stands in none, what stands in one.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { plainArray, type Tx } from '../../platform/db/index.ts';
import { DEBIT_COLUMNS, toDebit, type Debit, type DebitRef, type DebitRow } from '../debits/index.ts';

export interface FileGroup {
  readonly collectOn: BusinessDate;
  readonly currency: string;
  readonly channelIds: readonly number[];
  /** How many wait. */
  readonly count: number;
}

/** What waits for a file, by day and currency, with the payers' banks. */
export function groupsToFile(tx: Tx, billerId: number): Promise<FileGroup[]> {
  return tx.query<FileGroup>(
    `select collect_on as "collectOn", currency, array_agg(distinct channel_id::int) as "channelIds", count(*)::int as count
       from debit_order
      where biller_id = $1 and state = 'built' and way = 'file' and file_id is null group by 1, 2 order by 1, 2`,
    [billerId],
  );
}

/** With what its mandate says of the account. */
export interface BuiltDebit extends DebitRef {
  readonly mandateId: Uuid;
  readonly mandateSince: Date;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly holder: string;
  readonly sealedAccount: Buffer;
  /** Of the payer's bank; null: it was not said. */
  readonly bankBic: string | null;
  /** The first ones. */
  readonly billNumbers: string;
}

const TAKE = `with taken as materialized (
    select biller_id, debit_id, mandate_biller_id, mandate_id, channel_id, amount_minor, currency from debit_order
     where biller_id = $1 and state = 'built' and way = 'file' and file_id is null
       and collect_on = $2::date and currency = $3 and channel_id = any($4::int[])
     order by debit_id limit $5 for no key update skip locked)
  select t.biller_id as "billerId", t.debit_id as "debitId", t.mandate_id as "mandateId", m.created_at as "mandateSince",
         t.amount_minor as "amountMinor", t.currency, m.holder, m.sealed_account as "sealedAccount", l.bic as "bankBic",
         coalesce(b.numbers, '') as "billNumbers"
    from taken t
   cross join lateral (
     select created_at, holder, sealed_account from mandate
      where biller_id = t.mandate_biller_id and mandate_id = t.mandate_id offset 0) m
    left join bank_link l on l.channel_id = t.channel_id
   cross join lateral (
     select string_agg(bill_number, ' ') as numbers from (
       select bill_number from debit_bill where biller_id = t.biller_id and debit_id = t.debit_id and live
        order by bill_number limit 6) n) b`;

/** Locks them; what others have locked is left to them. */
export function takeBuilt(
  tx: Tx,
  billerId: number,
  { collectOn, currency, channelIds }: FileGroup,
  limit: number,
): Promise<BuiltDebit[]> {
  return tx.query<BuiltDebit>(TAKE, [billerId, collectOn, currency, plainArray(channelIds), limit]);
}

/** For more at once the planner would read all debits of the biller. */
const PUT_TOGETHER = 500;

/** They are locked. */
export async function putIntoFile(
  tx: Tx,
  billerId: number,
  debits: readonly DebitRef[],
  fileId: Uuid,
): Promise<void> {
  for (let i = 0; i < debits.length; i += PUT_TOGETHER)
    await tx.query(
      `update debit_order o set file_id = $3 from unnest($2::uuid[]) as f(debit_id)
        where o.biller_id = $1 and o.debit_id = f.debit_id`,
      [billerId, plainArray(debits.slice(i, i + PUT_TOGETHER), (each) => each.debitId), fileId],
    );
}

/** In their order, locked. */
export async function lockOfFile(tx: Tx, fileId: Uuid): Promise<Debit[]> {
  const rows = await tx.query<DebitRow>(
    `select ${DEBIT_COLUMNS} from debit_order o where o.file_id = $1
      order by o.biller_id, o.debit_id for no key update`,
    [fileId],
  );
  return rows.map(toDebit);
}

/** Nothing is locked. */
export function debitsOfFile(tx: Tx, fileId: Uuid): Promise<DebitRef[]> {
  return tx.query<DebitRef>(
    'select biller_id as "billerId", debit_id as "debitId" from debit_order where file_id = $1 order by 1, 2',
    [fileId],
  );
}

export interface FileStands {
  /** The first day by which something in it had to be with the bank. */
  readonly sendOn: BusinessDate | null;
  /** Debits without a mandate that holds. */
  readonly fallen: number;
  /** Debits with a bill that nobody has to pay any more. */
  readonly paid: number;
  /** Debits that try again what a statement contradicts: its money may be there. */
  readonly contradicted: number;
  /** How often a debit with such a bill has been built. */
  readonly builds: number;
}

/**
 * What stands in the way of a file. All is looked up for each of its debits (`offset 0`): where few bills are paid or few mandates
 * have ended, the planner would rather begin with those, and read all that there are for each file.
 */
export async function fileStands(tx: Tx, fileId: Uuid): Promise<FileStands> {
  const [row] = await tx.query<FileStands>(
    `with inside as materialized (
       select biller_id, debit_id, mandate_biller_id, mandate_id, send_on, collect_on, retry_of from debit_order where file_id = $1),
     settled as materialized (
       select distinct i.biller_id, i.debit_id from inside i
        cross join lateral (
          select bill_number from debit_bill d where d.biller_id = i.biller_id and d.debit_id = i.debit_id and d.live offset 0) d
        cross join lateral (
          select status from bill b where b.biller_id = i.biller_id and b.bill_number = d.bill_number offset 0) b
        where b.status <> 'open')
     select (select min(send_on) from inside) as "sendOn",
            (select count(*)::int from inside i
              cross join lateral (
                select m.state, m.valid_until from mandate m where m.biller_id = i.mandate_biller_id and m.mandate_id = i.mandate_id offset 0) m
              where m.state <> 'accepted' or m.valid_until < i.collect_on
                 or not exists (select from mandate_cover c where c.biller_id = i.biller_id and c.mandate_biller_id = i.mandate_biller_id
                                   and c.mandate_id = i.mandate_id and c.state = 'accepted' offset 0)) as fallen,
            (select count(*)::int from settled) as paid,
            (select count(*)::int from inside where retry_of is not null and debit_contradicted(retry_of)) as contradicted,
            (select coalesce(max(n), 0)::int from (
               select s.n from settled t cross join lateral (
                 select count(*) as n from debit_step s
                  where s.biller_id = t.biller_id and s.debit_id = t.debit_id and s.state = 'built') s) c) as builds`,
    [fileId],
  );
  if (row === undefined) throw new Error('no row of a file');
  return row;
}

/** Files that their banks have with debits that are not noted as sent: from one to the next, without what stands in each. */
export async function filesToTell(tx: Tx): Promise<Uuid[]> {
  const rows = await tx.query<{ file_id: Uuid }>(
    `with recursive waiting as (
       (select file_id from debit_order where state = 'built' and file_id is not null order by file_id limit 1)
       union all
       select (select d.file_id from debit_order d
                where d.state = 'built' and d.file_id is not null and d.file_id > w.file_id order by d.file_id limit 1)
         from waiting w where w.file_id is not null)
     select w.file_id from waiting w join order_file f using (file_id) where f.state not in ('made', 'withdrawn')`,
  );
  return rows.map((row) => row.file_id);
}

/** A lot of what is not noted as sent; others' locks are left to them. */
export async function lockToTell(tx: Tx, fileId: Uuid, limit: number): Promise<Debit[]> {
  const rows = await tx.query<DebitRow>(
    `select ${DEBIT_COLUMNS} from debit_order o where o.state = 'built' and o.file_id = $1
      order by o.biller_id, o.debit_id limit $2 for no key update skip locked`,
    [fileId, limit],
  );
  return rows.map(toDebit);
}

/** How many debits of a file stand refused or taken back. */
export async function countRejected(tx: Tx, fileId: Uuid): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(distinct (w.biller_id, w.debit_id))::int as count
       from debit_order o join debit_word w using (biller_id, debit_id)
      where o.file_id = $1 and w.verdict in ('rejected', 'returned')`,
    [fileId],
  );
  return row?.count ?? 0;
}
