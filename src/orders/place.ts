// Where an order file is put for a bank: under a name of its own, and before that under the name of its part, which the
// bank leaves alone. A folder or an SFTP account; how it is done safely is in hand-over.ts, once for both.

export interface Place {
  /** undefined: there is none. */
  read(name: string): Promise<Buffer | undefined>;
  /** Durable when it returns. Replaces what is there under that name. */
  write(name: string, bytes: Buffer): Promise<void>;
  /** Gives the file its other name, in one step. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A part is hidden, and has no ending that anybody collects. */
export function partOf(name: string): string {
  return `.${name}.part`;
}
