// COPY … TO STDOUT whose bytes are taken as they come, for what fits into memory: whoever takes them cannot pause the
// server, nor leave the connection in the middle. A stream (pg-copy-streams) can do both and costs several times as much.

import type pg from 'pg';
import type { Tx } from './database.ts';

/** Runs a `copy … to stdout`. `take` gets each piece once and keeps none: the driver writes over them. */
export function copyOut({ client }: Tx, text: string, take: (piece: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new CopyOut(text, take, resolve, reject));
  });
}

/** What the driver wants of a query that it does not know itself. */
class CopyOut implements pg.Submittable {
  readonly text: string;
  readonly take: (piece: Buffer) => void;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;

  constructor(
    text: string,
    take: (piece: Buffer) => void,
    resolve: () => void,
    reject: (error: Error) => void,
  ) {
    this.text = text;
    this.take = take;
    this.resolve = resolve;
    this.reject = reject;
  }

  submit(connection: pg.Connection): void {
    connection.query(this.text);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    this.take(chunk);
  }

  handleCommandComplete(): void {
    // The server is ready a moment later.
  }

  handleReadyForQuery(): void {
    this.resolve();
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}
