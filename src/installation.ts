// The installation that a command works on, found when the command asks for it: the database that DATABASE_URL names, else
// the one that `npm start` keeps in WASIT_DATA_DIR; its master key; and a line to linked agencies.

import os from 'node:os';
import { AgencyLink } from './bills/link/index.ts';
import { loadMasterKey, readConfig, type Config } from './config.ts';
import { readDemoFile, type DemoFile } from './demo/index.ts';
import { CommandRefused, type CommandContext } from './platform/cli/index.ts';
import {
  isConnectionLoss,
  openDatabase,
  pendingMigrations,
  Session,
  type Database,
} from './platform/db/index.ts';
import { createLog } from './platform/log.ts';
import { openCaller, type Caller } from './platform/outgoing/index.ts';

const nothing = (): void => undefined;

/** What is found of the installation, when a command asks for it. */
export class Installation implements CommandContext {
  readonly actor = { name: userName(), origin: 'cli' } as const;
  #config: Config | undefined;
  #database: Promise<Database> | undefined;
  #demo: Promise<DemoFile | undefined> | undefined;
  #calling: { readonly session: Session; readonly caller: Caller } | undefined;

  get dataDir(): string {
    return this.#settings().dataDir;
  }

  get privateNetworks(): readonly string[] {
    return this.#settings().privateNetworks;
  }

  get signInIssuer(): string | undefined {
    return this.#settings().oidc?.issuer;
  }

  database(): Promise<Database> {
    return (this.#database ??= this.#open());
  }

  async masterKey(): Promise<Buffer> {
    const config = this.#settings();
    const isEmbedded = (await this.embedded()) !== undefined;
    return loadMasterKey(isEmbedded ? { ...config, databaseUrl: undefined } : config);
  }

  async embedded(): Promise<(DemoFile & { bearerOf(client: string): string | undefined }) | undefined> {
    const { dataDir, databaseUrl } = this.#settings();
    const demo = await (this.#demo ??= readDemoFile(dataDir));
    if (demo === undefined || (databaseUrl !== undefined && databaseUrl !== demo.databaseUrl))
      return undefined;
    return { ...demo, bearerOf: (client) => demo.clients[client]?.key };
  }

  /** Asks linked agencies for their bills, as a gateway does. */
  async agencies(): Promise<AgencyLink> {
    const database = await this.database();
    const session = new Session(await this.#url(), 'wasit-cli-links');
    const caller = openCaller({ allowedNetworks: this.privateNetworks });
    this.#calling = { session, caller };
    return new AgencyLink({
      database,
      session,
      caller,
      masterKey: await this.masterKey(),
      log: createLog({ level: 'silent' }),
      metrics: { onCall: nothing, onFault: nothing, onStale: nothing },
    });
  }

  async close(): Promise<void> {
    await this.#calling?.caller.close();
    await this.#calling?.session.close();
    const opened = await this.#database?.catch(() => undefined);
    await opened?.close();
  }

  async #url(): Promise<string> {
    const { databaseUrl, dataDir } = this.#settings();
    const url = databaseUrl ?? (await this.embedded())?.databaseUrl;
    if (url !== undefined) return url;
    throw new CommandRefused(
      `no database is known: there is no demo.json in ${dataDir}; start Wasit with npm start, or set DATABASE_URL`,
    );
  }

  async #open(): Promise<Database> {
    const url = await this.#url();
    const database = openDatabase(url, { poolSize: 4, applicationName: 'wasit-cli' });
    const pending = await pendingMigrations(database).catch(async (error: unknown) => {
      await database.close();
      if (!isConnectionLoss(error) && !isRefusedConnection(error)) throw error;
      throw new CommandRefused(
        `the database ${withoutPassword(url)} does not answer; is it running? (npm start)`,
      );
    });
    if (pending.length === 0) return database;
    await database.close();
    throw new CommandRefused(
      `the database is older than this program (${pending.join(', ')}): start the gateway once, which brings it up to date`,
    );
  }

  #settings(): Config {
    return (this.#config ??= readConfig());
  }
}

function isRefusedConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT'].includes(String(error.code))
  );
}

function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    // An account without a name (a container's number): the number says as much.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
