// SQL that looks written numbers up among bills, payers and pay codes: for a whole lot of lines at once, each number by
// one look-up through an index. Reads only; what it finds is looked at again when it is paid.

import { storedBill, type LockedBill, type StoredBill } from '../../bills/index.ts';
import { lookUpByKeys, plainArray, textArray, type Tx } from '../../platform/db/index.ts';

/** As migrations/0021_deposits.sql has it: an index serves the very same expression only. */
const written = (column: string): string => `upper(translate(${column}, '._:/-', '') collate "C")`;

const BEGINNING = 2;

/** The first characters of every number of a bill or payer that there is; a few hundred steps through the indexes. */
export async function readBeginnings(tx: Tx): Promise<ReadonlySet<string>> {
  const walk = (column: string): string => `
    (with recursive found(start) as (
       (select left(${written(column)}, ${BEGINNING}) from bill order by ${written(column)} limit 1)
       union all
       select (select left(${written(column)}, ${BEGINNING}) from bill
                where ${written(column)} > found.start || '~' order by ${written(column)} limit 1)
         from found where found.start is not null)
     select start from found where start is not null)`;
  const rows = await tx.query<{ start: string }>(`${walk('bill_number')} union ${walk('payer_id')}`);
  return new Set(rows.map(({ start }) => start));
}

export function begins(beginnings: ReadonlySet<string>): (key: string) => boolean {
  return (key) => key.length < BEGINNING || beginnings.has(key.slice(0, BEGINNING));
}

const COLUMNS = `b.biller_id, b.bill_number, b.payer_id, b.status, b.amount_minor, b.min_minor, b.max_minor, b.step_minor,
          b.due_on, b.expires_on, b.revision, b.penalty, b.lines, b.budget_line, b.unit, b.service, b.payment_id`;

export interface FoundBill {
  readonly key: string;
  readonly bill: StoredBill;
}

/** Bills in any state whose number is written so, of these billers. */
export async function findBills(
  tx: Tx,
  keys: readonly string[],
  billers: ReadonlyMap<number, string>,
): Promise<FoundBill[]> {
  await lookUpByKeys(tx);
  const rows = await tx.query<LockedBill & { key: string }>(
    `select wanted.key, b.* from unnest($1::text[]) as wanted(key)
      cross join lateral (
        select ${COLUMNS} from bill b
         where ${written('b.bill_number')} = wanted.key and b.biller_id = any($2::int[]) limit 10) b`,
    [textArray(keys), plainArray([...billers.keys()])],
  );
  return rows.map((row) => ({ key: row.key, bill: storedBill(row, billers.get(row.biller_id) ?? '') }));
}

export interface FoundPayer {
  readonly key: string;
  readonly biller_id: number;
  readonly payer_id: string;
}

/** Payers of any bill whose number is written so: of one biller the first and the last, so that two of them show. */
export function findPayers(
  tx: Tx,
  keys: readonly string[],
  billerIds: readonly number[],
): Promise<FoundPayer[]> {
  const end = (order: 'asc' | 'desc'): string => `
    (select b.payer_id from bill b where ${written('b.payer_id')} = wanted.key and b.biller_id = wanted.biller_id
      order by b.payer_id ${order} limit 1)`;
  return tx.query<FoundPayer>(
    `select distinct wanted.key, wanted.biller_id, p.payer_id
       from (select key, biller_id from unnest($1::text[]) as k(key) cross join unnest($2::int[]) as b(biller_id)) wanted
      cross join lateral (${end('asc')} union ${end('desc')}) p`,
    [textArray(keys), plainArray(billerIds)],
  );
}

export interface FoundCode {
  readonly biller_id: number;
  readonly code: string;
  readonly bill_numbers: string[];
}

export function findCodes(
  tx: Tx,
  codes: readonly string[],
  billerIds: readonly number[],
): Promise<FoundCode[]> {
  if (codes.length === 0) return Promise.resolve([]);
  return tx.query<FoundCode>(
    `select biller_id, code, bill_numbers from pay_code where biller_id = any($2::int[]) and code = any($1::text[])`,
    [textArray(codes), plainArray(billerIds)],
  );
}

/** Of a payer with more open bills than this none is guessed by its amount. */
const MOST_OPEN = 200;

/** The open bills of each payer, none of one who has very many. */
export async function findOpenBills(
  tx: Tx,
  payers: readonly { readonly billerId: number; readonly payerId: string }[],
  billers: ReadonlyMap<number, string>,
): Promise<StoredBill[]> {
  if (payers.length === 0) return [];
  const rows = await tx.query<LockedBill & { more: boolean }>(
    `select b.* from unnest($1::int[], $2::text[]) as wanted(biller_id, payer_id)
      cross join lateral (
        select ${COLUMNS}, count(*) over () > ${MOST_OPEN} as more from (
          select * from bill b where b.biller_id = wanted.biller_id and b.payer_id = wanted.payer_id and b.status = 'open'
           limit ${MOST_OPEN + 1}) b) b
     where not b.more`,
    [plainArray(payers, (p) => p.billerId), textArray(payers, (p) => p.payerId)],
  );
  return rows.map((row) => storedBill(row, billers.get(row.biller_id) ?? ''));
}
