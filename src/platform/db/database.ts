// A pool of PostgreSQL connections (knex keeps it) and the one way to run SQL: a `Tx`, always the first
// argument of a store. Remember: int8 arrives as BigInt, date as text, timestamptz as Date (types.ts).

import knex, { type Knex } from 'knex';
import type pg from 'pg';
import { isConnectionLoss } from './sql-state.ts';
import { typeParsers } from './types.ts';

/** Prepared once per connection under its name; a name's text never changes. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A connection inside a transaction. Rows are plain objects; values are bound, never interpolated. */
export interface Tx {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The same for a statement that is prepared once: the pay path and the inquiry batch. */
  run<Row = Record<string, unknown>>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  /** The driver's client, for COPY streams only (pg-copy-streams). */
  readonly client: pg.Client;
}

export interface Database {
  readonly url: string;
  readonly knex: Knex;
  /** Commits what `work` did, or rolls back and throws. Keep it shorter than 500 ms and free of network calls. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The node that holds a biller's rows: one pool today, one per shard where Citus carries the tables (ADR 3). */
  nodeOf(billerId: number): Database;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  poolSize?: number;
  applicationName?: string;
  /** A statement that runs longer is cancelled, so that a slow database becomes a clear 503. */
  statementTimeoutMs?: number;
  /** A lock that somebody else holds is waited for so long (SQLSTATE 55P03); as long as the statement lasts otherwise. */
  lockTimeoutMs?: number;
  /** How long to wait for a free connection of the pool. */
  acquireTimeoutMs?: number;
}

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const pool = knex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: options.applicationName ?? 'wasit',
      connectionTimeoutMillis: 5_000,
      types: typeParsers,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: options.poolSize ?? 10 },
    acquireConnectionTimeout: options.acquireTimeoutMs ?? 5_000,
    log: { warn },
  });
  // Told to the transaction and not to the connection, which a pool in between may share with others.
  const { statementTimeoutMs = 60_000, lockTimeoutMs = 0 } = options;
  const begin = `begin; set local statement_timeout = ${statementTimeoutMs}; set local lock_timeout = ${lockTimeoutMs}`;
  const database: Database = {
    url,
    knex: pool,
    transaction: (work) => transaction(pool, begin, work),
    nodeOf: () => database,
    close: () => pool.destroy(),
  };
  return database;
}

/** knex prints a failed connection with its stack and then throws it as well: whoever asked for it tells it, once. */
function warn(message: unknown): void {
  if (!String(message).startsWith('Acquire connection error')) process.stderr.write(`${String(message)}\n`);
}

/** The connection was lost after `commit` had been sent: nobody knows the outcome until it is looked up. */
export class CommitLost extends Error {
  constructor(cause: unknown) {
    super('the connection was lost at commit', { cause });
  }
}

/** The part of knex's client that hands out its pooled connections; knex itself types it as anything. */
interface Connections {
  acquireConnection(): Promise<pg.Client>;
  releaseConnection(client: pg.Client): Promise<void>;
}

/** knex pools and checks the connections; begin and commit are ours, to tell a lost commit from any other loss. */
async function transaction<T>(pool: Knex, begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const connections = pool.client as Connections;
  const client = await connections.acquireConnection();
  try {
    await client.query(begin);
    const result = await work(txOf(client)).catch(async (error: unknown) => {
      if (!isConnectionLoss(error)) await client.query('rollback');
      throw error;
    });
    await commit(client);
    return result;
  } finally {
    await connections.releaseConnection(client);
  }
}

async function commit(client: pg.Client): Promise<void> {
  const { command } = await client.query('commit').catch((error: unknown) => {
    throw new CommitLost(error);
  });
  if (command !== 'COMMIT')
    throw new Error('the server rolled the transaction back: a failed statement was passed over');
}

export function txOf(client: pg.Client): Tx {
  return {
    client,
    async query<Row>(text: string, values: readonly unknown[] = []) {
      const result = await client.query<Row & pg.QueryResultRow>(text, [...values]);
      return result.rows as Row[];
    },
    async run<Row>(statement: Statement, values: readonly unknown[]) {
      const result = await client.query<Row & pg.QueryResultRow>({
        ...statement,
        values: values as unknown[],
      });
      return result.rows as Row[];
    },
  };
}
