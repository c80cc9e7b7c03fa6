// SQL of pay codes: which bills an RF creditor reference stands for. A code's set never changes.

import type { Tx } from '../platform/db/index.ts';

/** The bills of a biller's pay code, in the order in which the agency named them. */
export async function readPayCode(tx: Tx, billerId: number, code: string): Promise<readonly string[] | undefined> {
  const [row] = await tx.query<{ bill_numbers: string[] }>('select bill_numbers from pay_code where biller_id = $1 and code = $2', [billerId, code]);
  return row?.bill_numbers;
}
