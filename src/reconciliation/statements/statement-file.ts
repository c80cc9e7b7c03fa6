// A file of statements on its way in: who brought it, and what reads it. The dialects are above this room; the roots hand
// their reader in.

import type { Uuid } from '../../kernel/ids.ts';
import type { CsvMapping } from './csv-mapping.ts';
import type { StatementPart } from './statement.ts';

/** What the reader may need to know of the bank and of our accounts. */
export interface Reading extends BankReading {
  /** Of an account of ours or of a biller's; undefined: nobody's. */
  readonly currencyOf?: (account: string) => string | undefined;
  /** Of which it was brought, where the rows of a CSV do not say it; left out: whoever brought it has not said. */
  readonly account?: string;
}

/** As a bank's settings say it. */
export interface BankReading {
  /** How it writes CSV. */
  readonly csv?: CsvMapping;
  /** Of its MT and CSV files that are not UTF-8. */
  readonly encoding?: string;
}

/** Throws StatementFault where a file cannot be read, with the place. Reads no more than it has to at a time. */
export type StatementReader = (
  bytes: AsyncIterable<Buffer>,
  reading: Reading,
) => AsyncGenerator<StatementPart>;

export type FileSource = 'upload' | 'command' | 'folder' | 'sftp';
export type FileState = 'receiving' | 'waiting' | 'read' | 'refused';

/** Who brings a file, and what he says of it. */
export interface Bringing {
  /** As it was called where it came from; only shown. */
  readonly name: string;
  readonly source: FileSource;
  /** Whose mapping and encoding hold; null: nobody said. */
  readonly bankId: number | null;
  /** What it must be about; null: whatever accounts it names. */
  readonly accountId: number | null;
}

export interface StatementFile extends Bringing {
  readonly fileId: Uuid;
  readonly state: FileState;
  readonly bytes: bigint;
  readonly statements: number;
  readonly lines: number;
  /** Why it was refused, and where in it; null: it was not. */
  readonly fault: string | null;
  readonly faultPlace: string | null;
  readonly receivedAt: Date;
}

/** Of no biller: a file may be about accounts of several. */
export const OF_OPERATOR = 0;
