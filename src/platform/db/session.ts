// One dedicated connection with pipelining: statements are sent without waiting for the ones before, so that
// "begin, lock, load" costs one round trip. For the pay lane and the inquiry batch, which live off round trips.
// It reconnects by itself when asked for again after a loss; what was under way is the caller's to resolve.

import type { Duplex } from 'node:stream';
import pg from 'pg';
import { txOf, type Tx } from './database.ts';
import { isConnectionLoss } from './sql-state.ts';
import { typeParsers } from './types.ts';

/**
 * Opens a transaction of nothing but key look-ups. One plan per statement, always by index: statistics of a table
 * that was empty when it was last analysed made the planner read all of it for each group (700 payments a second
 * instead of thousands). Local to the transaction, so a connection pool in between is not changed.
 */
export const BEGIN_LOOKUPS =
  'begin; set local statement_timeout = 4000; set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan';

/** A transaction that may be lost with the server's last moments, because what it notes can be found out again. */
export const BEGIN_NOTES = `${BEGIN_LOOKUPS}; set local synchronous_commit = off`;

/** A plan made while a table was empty may have chosen the wrong one of two indexes: it lives no longer than this. */
const PLANS_LAST_MS = 30_000;

/** The driver's types leave it out. */
type Connected = pg.Client & { readonly connection?: { readonly stream?: Duplex } };

export class Session {
  readonly #url: string;
  readonly #applicationName: string;
  #client: pg.Client | undefined;
  #connecting: Promise<pg.Client> | undefined;
  #closed = false;
  #plannedAt = 0;

  constructor(url: string, applicationName: string) {
    this.#url = url;
    this.#applicationName = applicationName;
  }

  /** The live connection, made anew when the last one was lost. */
  async connected(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#withFreshPlans(this.#client);
    if (this.#closed) throw new Error('the session is closed');
    this.#connecting ??= this.#connect().finally(() => (this.#connecting = undefined));
    return this.#connecting;
  }

  /** The statements that follow wait for nothing: it travels ahead of them. */
  #withFreshPlans(client: pg.Client): pg.Client {
    const now = performance.now();
    if (now - this.#plannedAt > PLANS_LAST_MS) {
      this.#plannedAt = now;
      client.query('discard plans').catch(() => this.drop(client));
    }
    return client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: this.#applicationName,
      connectionTimeoutMillis: 2_000,
      // A server that neither answers nor closes: give the connection up, the caller resolves by reference.
      query_timeout: 4_500,
      types: typeParsers,
      pipeline: true,
    } as pg.ClientConfig);
    client.on('error', () => this.drop(client));
    client.on('end', () => this.drop(client));
    await client.connect();
    this.#client = client;
    this.#plannedAt = performance.now();
    return client;
  }

  /**
   * A transaction of one statement in one round trip: `begin` (BEGIN_LOOKUPS, say), what `work` sends, commit. Several
   * may be under way, one after the other on the connection.
   */
  async once<T>(begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.connected();
    try {
      const [, result] = await Promise.all(
        atOnce(client, () => [client.query(begin), work(txOf(client)), client.query('commit')] as const),
      );
      return result;
    } catch (error) {
      if (isConnectionLoss(error)) this.drop(client);
      throw error;
    }
  }

  /** A transaction of several round trips. Whoever uses it uses the session for nothing else meanwhile. */
  async transaction<T>(begin: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.connected();
    try {
      await client.query(begin);
      const result = await work(txOf(client));
      await client.query('commit');
      return result;
    } catch (error) {
      if (isConnectionLoss(error)) this.drop(client);
      else await client.query('rollback');
      throw error;
    }
  }

  /** Forgets a connection whose state is unknown; the server rolls back whatever it had not committed. */
  drop(client: pg.Client): void {
    if (this.#client === client) this.#client = undefined;
    (client as Connected).connection?.stream?.destroy();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    this.#client = undefined;
    await client?.end();
  }
}

/** What `send` writes leaves in one piece: the driver writes each statement by itself. */
function atOnce<T>(client: pg.Client, send: () => T): T {
  const { stream } = (client as Connected).connection ?? {};
  stream?.cork();
  try {
    return send();
  } finally {
    stream?.uncork();
  }
}
