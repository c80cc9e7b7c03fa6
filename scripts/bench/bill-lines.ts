// The files of the bill-file benchmark: the CSV that an agency sends, and the rows that it becomes, as COPY takes
// them. Every file has bills of its own, so that each load creates as many rows as the raw COPY beside it.

import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import pg from 'pg';
import { BILLER } from './world.ts';

const HEADER = 'billNumber,payerId,payerName,description,amount,currency,dueOn,expiresOn,budgetLine\n';
const LINES_AT_ONCE = 10_000;

/** Writes `lines` bills of file number `round`. */
export async function writeBillFile(file: string, round: number, lines: number): Promise<void> {
  const due = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const expires = new Date(Date.now() + 400 * 86_400_000).toISOString().slice(0, 10);
  const output = createWriteStream(file);
  output.write(HEADER);
  for (let first = 0; first < lines; first += LINES_AT_ONCE) {
    let text = '';
    for (let i = first; i < Math.min(first + LINES_AT_ONCE, lines); i++) {
      const payer = String((i * 7919) % 100_000).padStart(6, '0');
      const amount = `${100 + (i % 900)}.${String(i % 1000).padStart(3, '0')}`;
      text += `F${round}-${String(i).padStart(9, '0')},E${payer},Al Noor Trading and Contracting,Contributions of November 2026,${amount},${BILLER.currency},${due},${expires},4110\n`;
    }
    if (!output.write(text)) await once(output, 'drain');
  }
  output.end();
  await once(output, 'finish');
}

/** The rows that the load of file `round` made, in the format of COPY. */
export async function unloadBills(url: string, round: number, file: string): Promise<void> {
  await withClient(url, (client) =>
    pipeline(
      client.query(
        to(`copy (select * from bill where bill_number like 'F${round}-%' order by bill_number) to stdout`),
      ),
      createWriteStream(file),
    ),
  );
}

/** A table with the columns, constraints and indexes of `bill`. */
export async function createRawTable(url: string): Promise<void> {
  await withClient(url, (client) =>
    client.query('create table raw_bill (like bill including all) with (fillfactor = 88)'),
  );
}

/** Seconds that raw COPY takes for the rows, committed. */
export async function copyRaw(url: string, file: string): Promise<number> {
  return withClient(url, async (client) => {
    const startedAt = performance.now();
    await pipeline(
      createReadStream(file, { highWaterMark: 1 << 20 }),
      client.query(from('copy raw_bill from stdin')),
    );
    return (performance.now() - startedAt) / 1000;
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
