// What every command of `npm run wasit` is given. Remember: nothing is opened before a command asks for it, so
// that help and wrong usage need no database.

import type { Database } from '../db/index.ts';

/** The installation that `npm start` keeps in the data directory. */
export interface EmbeddedInstallation {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  /** The bearer key of a client by its code. */
  bearerOf(client: string): string | undefined;
}

export interface CommandContext {
  /** Who is changing things, for the audit log: the operating system's user. */
  readonly actor: { readonly name: string; readonly origin: 'cli' };
  /** Absolute. */
  readonly dataDir: string;
  /** That may be called, CIDR. */
  readonly privateNetworks: readonly string[];
  /** Of the sign-in provider that people are bound to. */
  readonly signInIssuer: string | undefined;
  /** Opened once, closed when the command has ended. Refuses when there is none to be found. */
  database(): Promise<Database>;
  masterKey(): Promise<Buffer>;
  /** undefined: there is none here, or DATABASE_URL names another database. */
  embedded(): Promise<EmbeddedInstallation | undefined>;
}

/** The command was understood and not done: exit code 1, the message for the person at the terminal. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused';
}

/** The command line itself is wrong: exit code 2. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}
