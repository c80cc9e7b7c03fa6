// The books of the demo agency, in a database of its own: which events it has had, what each payment came to, and what
// is booked on which bill. Everything that one request tells is written in one transaction, or nothing of it is.

import pg from 'pg';

/** The `data` of an event of Wasit, as far as this agency reads it. */
export interface EventData {
  readonly eventId: string;
  readonly revision: number;
  readonly paymentId?: string;
  readonly reference?: string;
  readonly receiptNumber?: string;
  readonly channelCode?: string;
  readonly businessDate?: string;
  readonly amount?: { readonly value: string; readonly currency: string };
  readonly bills?: readonly {
    readonly billNumber: string;
    readonly payerId?: string;
    readonly amount: { readonly value: string };
    /** Why its money is the payer's credit, and not booked on the bill. */
    readonly credited?: string;
  }[];
}

/** Other types are noted and book nothing. */
const BOOKED = new Set(['payment.accepted', 'payment.credited', 'payment.reversed']);

const SCHEMA = `
create table if not exists event (
  event_id text primary key,
  biller text not null,
  type text not null,
  payment_id text,
  revision integer not null,
  received_at timestamptz not null default clock_timestamp()
);
create index if not exists event_by_payment on event (payment_id);
create table if not exists payment (
  payment_id text primary key,
  biller text not null,
  revision integer not null,
  state text not null,
  reference text, receipt_number text, channel text, business_date text,
  amount numeric, currency text,
  booked_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp()
);
create index if not exists payment_latest on payment (changed_at);
create table if not exists booking (
  payment_id text not null references payment,
  bill_number text not null,
  payer_id text,
  amount numeric not null,
  state text not null,
  primary key (payment_id, bill_number)
);
create table if not exists bill (
  biller text not null,
  bill_number text not null,
  payer_id text not null,
  content json,
  paid_elsewhere_at timestamptz,
  primary key (biller, bill_number)
);
create index if not exists bill_by_payer on bill (biller, payer_id);`;

/** No such database, no such table: it was thrown away while the agency ran. */
const GONE = new Set(['3D000', '42P01']);

export class Books {
  readonly #pool: pg.Pool;
  readonly #url: string;
  #prepared: Promise<void> | undefined;

  /** The database is made when it is missing, once it is needed. */
  constructor(databaseUrl: string) {
    this.#url = databaseUrl;
    this.#pool = new pg.Pool({ connectionString: databaseUrl, max: 5, application_name: 'demo-agency' });
    // A connection that broke while idle; the next question opens another.
    this.#pool.on('error', () => undefined);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** Committed when it returns. Events that are known already, or older than what is known, change nothing. */
  async take(biller: string, type: string, events: readonly EventData[]): Promise<void> {
    // In one order for everybody, so that two requests with the same events do not wait for each other in a circle.
    const inOrder = [...events].sort((a, b) => keyOf(a).localeCompare(keyOf(b)) || a.revision - b.revision);
    await this.inTransaction(async (client) => {
      for (const event of inOrder) {
        const noted = await client.query(
          `insert into event (event_id, biller, type, payment_id, revision) values ($1, $2, $3, $4, $5)
           on conflict (event_id) do nothing`,
          [event.eventId, biller, type, event.paymentId, event.revision],
        );
        if (noted.rowCount === 1 && BOOKED.has(type)) await book(client, biller, type, event);
      }
    });
  }

  async inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    try {
      await (this.#prepared ??= prepare(this.#url));
      client = await this.#pool.connect();
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      client.release();
      return result;
    } catch (error) {
      // The connection is closed, and its transaction with it: nothing of that stays, whatever went wrong.
      client?.release(true);
      if (client === undefined || GONE.has(codeOf(error))) this.#prepared = undefined;
      throw error;
    }
  }
}

function keyOf({ paymentId, eventId }: EventData): string {
  return paymentId ?? eventId;
}

/** A revision that is not newer than the payment's is out of date: what it tells was undone or replaced since. */
async function book(client: pg.PoolClient, biller: string, type: string, event: EventData): Promise<void> {
  const { paymentId, revision, reference, receiptNumber, channelCode, businessDate, amount } = event;
  const isUndone = type === 'payment.reversed';
  const changed = await client.query(
    `insert into payment (payment_id, biller, revision, state, reference, receipt_number, channel, business_date,
                          amount, currency)
     values ($1, $2, $3, '', $4, $5, $6, $7, $8, $9)
     on conflict (payment_id) do update set revision = excluded.revision
      where payment.revision < excluded.revision`,
    [
      paymentId,
      biller,
      revision,
      reference,
      receiptNumber,
      channelCode,
      businessDate,
      amount?.value,
      amount?.currency,
    ],
  );
  if (changed.rowCount !== 1) return;
  if (isUndone) await client.query(`update booking set state = 'undone' where payment_id = $1`, [paymentId]);
  else for (const bill of event.bills ?? []) await bookBill(client, paymentId, bill);
  await client.query(
    `update payment set changed_at = clock_timestamp(),
       state = case when $2 then 'undone'
                    when exists (select from booking where payment_id = $1 and state = 'booked') then 'booked'
                    else 'credit' end
      where payment_id = $1`,
    [paymentId, isUndone],
  );
}

/** A later revision may say that the money of a bill that was booked has become the payer's credit. */
async function bookBill(
  client: pg.PoolClient,
  paymentId: string | undefined,
  { billNumber, payerId, amount, credited }: NonNullable<EventData['bills']>[number],
): Promise<void> {
  await client.query(
    `insert into booking (payment_id, bill_number, payer_id, amount, state) values ($1, $2, $3, $4, $5)
     on conflict (payment_id, bill_number) do update set state = excluded.state`,
    [paymentId, billNumber, payerId, amount.value, credited === undefined ? 'booked' : 'credit'],
  );
}

async function prepare(databaseUrl: string): Promise<void> {
  await run(databaseUrl, SCHEMA).catch(async (error: unknown) => {
    if (codeOf(error) !== '3D000') throw error;
    const name = new URL(databaseUrl).pathname.slice(1);
    await run(new URL('/postgres', databaseUrl).href, `create database ${pg.escapeIdentifier(name)}`);
    await run(databaseUrl, SCHEMA);
  });
}

async function run(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'demo-agency' });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
