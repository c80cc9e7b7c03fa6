// The bills of eg-local, which this agency keeps itself and is asked for over the live link (openapi/agency-link.yaml).
// It says nothing about what Wasit has taken: that Wasit knows, and it may have been reversed a moment ago.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Books } from './books.ts';

export type Question = { readonly billNumber: string } | { readonly payerId: string };

interface BillRow {
  /** As openapi/agency-link.yaml says, `Bill`. */
  readonly content: object;
  readonly paid_at: Date | null;
}

/** That bill in whatever state, or the payer's open ones. */
export async function askBills(
  books: Books,
  biller: string,
  question: Question,
  source: string,
): Promise<object[]> {
  const isBill = 'billNumber' in question;
  return books.inTransaction(async (client) => {
    const select = `select content, paid_elsewhere_at as paid_at from bill where biller = $1 and`;
    const sql = isBill
      ? `${select} bill_number = $2`
      : `${select} payer_id = $2 and paid_elsewhere_at is null order by bill_number limit 1000`;
    const ask = () => client.query<BillRow>(sql, [biller, isBill ? question.billNumber : question.payerId]);
    const found = await ask();
    if (found.rows.length > 0 || !existsSync(source)) return found.rows.map(showBill);
    const known = await client.query('select from bill where biller = $1 limit 1', [biller]);
    if (known.rows.length > 0) return [];
    // Its first question: the bills that it was given to begin with, one JSON document a line.
    const lines = (await readFile(source, 'utf8')).trim().split('\n');
    await client.query(
      `insert into bill (biller, bill_number, payer_id, content)
       select $1, b ->> 'billNumber', b ->> 'payerId', b from json_array_elements($2::json) b on conflict do nothing`,
      [biller, `[${lines.join(',')}]`],
    );
    return (await ask()).rows.map(showBill);
  });
}

function showBill({ content, paid_at: paidAt }: BillRow): object {
  return paidAt === null ? content : { ...content, status: 'paid', paidAt: paidAt.toISOString() };
}
