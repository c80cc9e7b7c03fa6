// Whether the queue's server is there, said once when it goes and once when it is back, by its name. Remember: many
// connections report one absence, several times a second; what else they report is said seldom.

import { seldom, type Log } from '../log.ts';

/** Of the system and of ioredis: what a connection says that is broken or cannot be made. */
const OF_CONNECTIONS = /^(E[A-Z]+|Connection is closed\.|Stream isn't writeable .*)$/;

export class Presence {
  readonly #server: string;
  readonly #log: Pick<Log, 'info' | 'warn'>;
  readonly #strange: (error: unknown) => void;
  #isAway = false;
  #isEnding = false;

  /** `url`: of the server; its password is never told. */
  constructor(url: string, log: Pick<Log, 'info' | 'warn'>) {
    const server = `${url.startsWith('redis') ? 'Redis' : 'PostgreSQL'} at ${hostOf(url)}`;
    this.#server = server;
    this.#log = log;
    this.#strange = seldom((err) => log.warn({ err, server }, `the queue in ${server} is in trouble`));
  }

  /** It does not answer, does not take a job, or its connection is gone. */
  readonly away = (err?: unknown): void => {
    if (this.#isAway || this.#isEnding) return;
    this.#isAway = true;
    const server = this.#server;
    this.#log.warn(
      { ...(err !== undefined && { err }), server },
      `the queue in ${server} is away: jobs wait as rows, and work goes on without it`,
    );
  };

  /** The same for whoever waits for an answer of it. */
  readonly missed = (error: unknown): never => {
    this.away(error);
    throw error;
  };

  readonly back = (): void => {
    if (!this.#isAway) return;
    this.#isAway = false;
    const server = this.#server;
    this.#log.info({ server }, `the queue in ${server} is back`);
  };

  /** An error of one of many who work with it: news only when it is not that the server is away, which is told. */
  readonly heard = (error: Error & { code?: unknown }): void => {
    const isOfConnection = [error.code, error.message].some((text) => OF_CONNECTIONS.test(String(text)));
    if (!isOfConnection && !this.#isAway) this.#strange(error);
  };

  /** Connections are closed on purpose from now on. */
  end(): void {
    this.#isEnding = true;
  }
}

/** Host and port as they stand in the address, nothing else of it. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'an address that cannot be read';
}
