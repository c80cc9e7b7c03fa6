// The bills of eg-local, which this agency keeps itself and is asked for over the live link (openapi/agency-link.yaml).
// It says nothing about what Wasit has taken: that Wasit knows, and it may have been reversed a moment ago.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import type { Books } from './books.ts';

/** As openapi/agency-link.yaml says, `Bill`. */
export interface AgencyBill {
  readonly billNumber: string;
  readonly payerId: string;
  readonly status?: string;
}

export type Question = { readonly billNumber: string } | { readonly payerId: string };

export interface BillParts {
  readonly books: Books;
  /** The bills it begins with, NDJSON; there may be none. */
  readonly billFile: string;
  /** A bill as somebody presented it at Wasit in the agency's name. */
  readonly presented: (biller: string, billNumber: string) => Promise<AgencyBill | undefined>;
}

interface BillRow {
  readonly bill_number: string;
  /** null: presented at Wasit, where its content stands. */
  readonly content: AgencyBill | null;
  readonly paid_at: Date | null;
}

/** That bill in whatever state, or the payer's open ones. */
export async function answerQuestion(
  parts: BillParts,
  biller: string,
  question: Question,
): Promise<AgencyBill[]> {
  const { books, billFile, presented } = parts;
  const rows = await books.inTransaction(async (client) => {
    await takeOver(client, biller, billFile);
    return readBills(client, biller, question);
  });
  if (rows.length === 0 && 'billNumber' in question) {
    const found = await presented(biller, question.billNumber);
    if (found !== undefined) await books.inTransaction((client) => remember(client, biller, found));
    return found === undefined ? [] : [found];
  }
  const bills = await Promise.all(
    rows.map(async (row) => {
      const content = row.content ?? (await presented(biller, row.bill_number));
      if (content === undefined || row.paid_at === null) return content;
      return { ...content, status: 'paid', paidAt: row.paid_at.toISOString() };
    }),
  );
  const known = bills.filter((bill) => bill !== undefined);
  return 'billNumber' in question ? known : known.filter(({ status }) => status === undefined);
}

async function readBills(client: pg.PoolClient, biller: string, question: Question): Promise<BillRow[]> {
  const [column, value] =
    'billNumber' in question ? ['bill_number', question.billNumber] : ['payer_id', question.payerId];
  const { rows } = await client.query<BillRow>(
    `select bill_number, content, paid_elsewhere_at as paid_at from bill
      where biller = $1 and ${column} = $2 order by bill_number limit 1000`,
    [biller, value],
  );
  return rows;
}

/** At its first question it takes over the bills that it was given to begin with, one JSON document a line. */
async function takeOver(client: pg.PoolClient, biller: string, billFile: string): Promise<void> {
  const known = await client.query('select from bill where biller = $1 limit 1', [biller]);
  if (known.rows.length > 0 || !existsSync(billFile)) return;
  const lines = (await readFile(billFile, 'utf8')).trim().split('\n');
  await client.query(
    `insert into bill (biller, bill_number, payer_id, content)
     select $1, b ->> 'billNumber', b ->> 'payerId', b from json_array_elements($2::json) b on conflict do nothing`,
    [biller, `[${lines.join(',')}]`],
  );
}

async function remember(client: pg.PoolClient, biller: string, bill: AgencyBill): Promise<void> {
  await client.query(
    'insert into bill (biller, bill_number, payer_id) values ($1, $2, $3) on conflict do nothing',
    [biller, bill.billNumber, bill.payerId],
  );
}
