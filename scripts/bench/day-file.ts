// The day file of the reconciliation benchmark: every payment of a day as its channel lists it, one in a thousand of them
// wrong, and the very same rows as raw COPY takes them.

import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { from } from 'pg-copy-streams';
import pg from 'pg';
import { formatMinor } from '../../src/kernel/money.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { BILLER, CHANNEL } from './world.ts';

const ONE_WRONG_IN = 1_000;
const PAGE = 50_000;
const HEADER = 'reference,amount,currency,status,fee,billerCode,businessDate\n';

export interface DayFiles {
  /** As the channel sends it. */
  readonly csv: string;
  /** As COPY takes it. */
  readonly copy: string;
  readonly lines: number;
  /** What a reconciliation has to find. */
  readonly breaks: number;
}

/** Of the wrong ones each kind in turn: another amount, reversed, a line too many, a line too few, the same line again. */
export async function writeDay(
  database: Database,
  businessDate: string,
  files: Pick<DayFiles, 'csv' | 'copy'>,
): Promise<DayFiles> {
  const [csv, copy] = [createWriteStream(files.csv), createWriteStream(files.copy)];
  csv.write(HEADER);
  let [lines, breaks, number] = [0, 0, 0];
  for (let after = ''; ;) {
    const page = await database.transaction((tx) =>
      tx.query<{ reference: string; amount_minor: bigint; fee_minor: bigint }>(
        `select reference, amount_minor, fee_minor from payment where biller_id = $1 and channel_id = $2 and business_date = $3 and reference > $4
          order by reference limit ${PAGE}`,
        [BILLER.id, CHANNEL.id, businessDate, after],
      ),
    );
    if (page.length === 0) break;
    after = page.at(-1)?.reference ?? after;
    const texts = { csv: '', copy: '' };
    const put = (reference: string, minor: bigint, status: string, fee: bigint): void => {
      lines += 1;
      texts.csv += `${reference},${formatMinor(minor, BILLER.currency)},${BILLER.currency},${status},${formatMinor(fee, BILLER.currency)},${BILLER.code},${businessDate}\n`;
      texts.copy += `${reference}\t${minor}\t${BILLER.currency}\t${status}\t${fee}\t${BILLER.code}\t${businessDate}\n`;
    };
    for (const { reference, amount_minor, fee_minor } of page) {
      const wrong = number % ONE_WRONG_IN === 0 ? (number / ONE_WRONG_IN) % 5 : -1;
      number += 1;
      if (wrong >= 0) breaks += 1;
      if (wrong === 0) put(reference, amount_minor + 1n, 'accepted', fee_minor);
      else if (wrong === 1) put(reference, amount_minor, 'reversed', fee_minor);
      else if (wrong !== 3) put(reference, amount_minor, 'accepted', fee_minor);
      if (wrong === 2) put(`${reference}.x`, amount_minor, 'accepted', fee_minor);
      if (wrong === 4) put(reference, amount_minor, 'accepted', fee_minor);
    }
    if (!csv.write(texts.csv)) await once(csv, 'drain');
    if (!copy.write(texts.copy)) await once(copy, 'drain');
  }
  csv.end();
  copy.end();
  await Promise.all([once(csv, 'finish'), once(copy, 'finish')]);
  return { ...files, lines, breaks };
}

export interface DayState {
  readonly state: string;
  readonly version: number | null;
  readonly breaks: readonly { readonly kind: string; readonly open: number }[];
}

/** Sends the file with `blanks` empty lines at its end, so that each is a version of its own, and waits until it is in force. */
export async function reconcile(
  port: number,
  secret: string,
  businessDate: string,
  { csv }: Pick<DayFiles, 'csv'>,
  blanks: number,
): Promise<{ state: DayState; receivedSeconds: number }> {
  const startedAt = performance.now();
  const url = `http://127.0.0.1:${port}/v1/reconciliations/${businessDate}`;
  const authorization = `Bearer ${secret}`;
  const sent = await fetch(url, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(withBlanks(csv, blanks))) as ReadableStream,
    duplex: 'half',
  });
  const answer = (await sent.json()) as { version?: number };
  if (sent.status !== 202) throw new Error(`the file was answered ${sent.status}: ${JSON.stringify(answer)}`);
  const receivedSeconds = (performance.now() - startedAt) / 1000;
  for (;;) {
    const state = (await (await fetch(url, { headers: { authorization } })).json()) as DayState;
    if (state.state === 'failed') throw new Error(JSON.stringify(state));
    if (state.version === answer.version) return { state, receivedSeconds };
    await sleep(20);
  }
}

async function* withBlanks(file: string, blanks: number): AsyncGenerator<Buffer> {
  yield* createReadStream(file, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
  yield Buffer.alloc(blanks, '\n');
}

/** Seconds of raw COPY and a full outer join that counts what is unlike, and how many that is. */
export async function copyAndJoin(
  url: string,
  businessDate: string,
  { copy }: Pick<DayFiles, 'copy'>,
): Promise<{ seconds: number; copySeconds: number; unlike: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set work_mem = '64MB'`);
    await client.query(
      `create unlogged table raw_day (reference text not null, amount_minor bigint not null, currency text not null, status text not null,
         fee_minor bigint, biller_code text, business_date date)`,
    );
    const startedAt = performance.now();
    await pipeline(
      createReadStream(copy, { highWaterMark: 1 << 20 }),
      client.query(from('copy raw_day from stdin')),
    );
    const copiedAt = performance.now();
    const { rows } = await client.query<{ unlike: string }>(
      `select count(*) as unlike from raw_day r
         full join (select * from payment where biller_id = $1 and business_date = $2 and channel_id = $3) p on p.reference = r.reference
        where r.reference is null or p.reference is null or r.amount_minor <> p.amount_minor or r.currency <> p.currency or r.status <> p.status`,
      [BILLER.id, businessDate, CHANNEL.id],
    );
    const seconds = (performance.now() - startedAt) / 1000;
    return { seconds, copySeconds: (copiedAt - startedAt) / 1000, unlike: Number(rows[0]?.unlike) };
  } finally {
    await client.query('drop table if exists raw_day');
    await client.end();
  }
}
