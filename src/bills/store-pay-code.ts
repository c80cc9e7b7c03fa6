// SQL of pay codes: which bills an RF creditor reference stands for. A code's set never changes.

import { textArray, type Tx } from '../platform/db/index.ts';

/** The bills of each code that the biller has, in the order in which the agency named them. */
export type PayCodeMembers = ReadonlyMap<string, readonly string[]>;

/**
 * One query for all codes of a request. It stops once the codes read stand for more than `most` bills together: who
 * asks refuses such a request, and hundreds of large codes are not read for nothing.
 */
export async function readPayCodes(
  tx: Tx,
  billerId: number,
  codes: readonly string[],
  most: number,
): Promise<PayCodeMembers> {
  const rows = await tx.query<{ code: string; bill_numbers: string[] }>(
    `select code, bill_numbers
       from (select code, bill_numbers, sum(cardinality(bill_numbers)) over (order by code) as so_far
               from pay_code where biller_id = $1 and code = any ($2::text[])) as found
      where so_far - cardinality(bill_numbers) <= $3`,
    [billerId, textArray(codes), most],
  );
  return new Map(rows.map((row) => [row.code, row.bill_numbers]));
}

export interface PayCodeRow {
  code: string;
  reference: string;
  bill_numbers: string[];
  created_at: Date;
}

export async function findPayCodeByReference(
  tx: Tx,
  billerId: number,
  reference: string,
): Promise<PayCodeRow | undefined> {
  const [row] = await tx.query<PayCodeRow>(
    'select code, reference, bill_numbers, created_at from pay_code where biller_id = $1 and reference = $2',
    [billerId, reference],
  );
  return row;
}

/** Undefined: the code or the reference is taken. Waits for a transaction that is just taking it. */
export async function insertPayCode(
  tx: Tx,
  billerId: number,
  code: string,
  reference: string,
  billNumbers: readonly string[],
): Promise<PayCodeRow | undefined> {
  const [row] = await tx.query<PayCodeRow>(
    `insert into pay_code (biller_id, code, reference, bill_numbers, created_at)
     values ($1, $2, $3, $4, business_now()) on conflict do nothing
     returning code, reference, bill_numbers, created_at`,
    [billerId, code, reference, textArray(billNumbers)],
  );
  return row;
}

/** Of these numbers, the ones that no bill of the biller has, in the order given. */
export async function findUnknownBills(
  tx: Tx,
  billerId: number,
  billNumbers: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ bill_number: string }>(
    `select w.bill_number from unnest($2::text[]) with ordinality as w(bill_number, place)
      where not exists (select from bill b where b.biller_id = $1 and b.bill_number = w.bill_number)
      order by w.place`,
    [billerId, textArray(billNumbers)],
  );
  return rows.map((row) => row.bill_number);
}
