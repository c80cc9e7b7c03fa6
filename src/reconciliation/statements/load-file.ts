// Reads a file of statements, whole or not at all. Its lines go in while it streams by, in bounded lots, and count for
// nothing until the last; killed anywhere, the next reader takes away what was left and reads the kept bytes again.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { newId, showId, type Uuid } from '../../kernel/ids.ts';
import { sqlStateOf, type Database, type Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import { readAccountBook, type AccountBook } from './account-book.ts';
import { checkDates } from './check-dates.ts';
import { checkSums } from './check-sums.ts';
import { continuityOf } from './continuity.ts';
import { LoadingStatement } from './loading-statement.ts';
import { StatementFault, type StatementHead } from './statement.ts';
import { OF_OPERATOR, type StatementFile, type StatementReader } from './statement-file.ts';
import { openChunk } from './sealed-chunk.ts';
import { readChunk } from './store-chunk.ts';
import { claimFile, holdClaim, readFile } from './store-file.ts';
import {
  analyzeLines,
  deleteLoaded,
  loadedOf,
  lockReading,
  neighboursOf,
  noteRead,
  noteRefused,
  putInForce,
  settingsFor,
} from './store-load.ts';

export interface LoadParts {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly reader: StatementReader;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** After so long without a sign of life a reader counts as dead. */
  readonly idleSeconds?: number;
  /** Told where the reading has come to, for tests of what a kill there does. */
  readonly at?: (point: LoadPoint) => Promise<void>;
}

export type LoadPoint = 'claimed' | 'lot' | 'loaded' | 'read' | 'refusing';

export const IDLE_SECONDS = 60;
const MANY_LINES = 10_000;

/** `elsewhere`: somebody else reads it, or it is done. Throws on faults of the database, which may pass. */
export async function loadStatementFile(
  parts: LoadParts,
  fileId: Uuid,
): Promise<'read' | 'refused' | 'elsewhere'> {
  const { database, idleSeconds = IDLE_SECONDS } = parts;
  const claim = newId((await database.transaction(businessNow)).getTime(), OF_OPERATOR);
  if (!(await database.transaction((tx) => claimFile(tx, fileId, claim, idleSeconds)))) return 'elsewhere';
  await parts.at?.('claimed');
  const loading = new Loading(parts, fileId, claim);
  try {
    await loading.clear();
    await loading.read();
    await loading.end();
  } catch (error) {
    if (error instanceof TakenOver) return 'elsewhere';
    const fault = faultOf(error);
    if (fault === undefined) throw error;
    await parts.at?.('refusing');
    await loading.clear();
    await loading.held((tx) => noteRefused(tx, fileId, fault.reason, fault.place));
    const told = { file: showId('sfl', fileId), place: fault.place, fault: fault.reason };
    parts.log.warn(told, 'a file of statements was refused');
    return 'refused';
  }
  await parts.at?.('read');
  return 'read';
}

/** The file is somebody else's by now. */
class TakenOver extends Error {}

/** In words what is wrong with the file; undefined: nothing, and it may be tried again. */
function faultOf(error: unknown): { reason: string; place: string } | undefined {
  if (error instanceof StatementFault) return { reason: error.message, place: error.place };
  const state = sqlStateOf(error);
  if (state?.startsWith('22') === true)
    return { reason: `what it says cannot be kept (${state})`, place: 'the file' };
  return undefined;
}

class Loading {
  readonly #parts: LoadParts;
  readonly #fileId: Uuid;
  readonly #claim: Uuid;
  #lines = 0;

  constructor(parts: LoadParts, fileId: Uuid, claim: Uuid) {
    this.#parts = parts;
    this.#fileId = fileId;
    this.#claim = claim;
  }

  /** A transaction as long as the file is still ours. */
  held<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#parts.database.transaction(async (tx) => {
      if (!(await holdClaim(tx, this.#fileId, this.#claim))) throw new TakenOver();
      return work(tx);
    });
  }

  async clear(): Promise<void> {
    while (await this.held((tx) => deleteLoaded(tx, this.#fileId)));
  }

  async read(): Promise<void> {
    const { masterKey, reader } = this.#parts;
    const { file, book, settings, today } = await this.held(async (tx) => {
      const found = await readFile(tx, this.#fileId);
      if (found === undefined) throw new TakenOver();
      return {
        file: found,
        book: await readAccountBook(tx, masterKey),
        settings: await settingsFor(tx, found),
        today: (await businessNow(tx)).toISOString().slice(0, 10),
      };
    });
    const currencyOf = (account: string): string | undefined => {
      const owner = book.ownerOf(account);
      return 'fault' in owner ? undefined : owner.currency;
    };
    let position = 0;
    let statement: LoadingStatement | undefined;
    const account = file.accountId === null ? undefined : book.numberOf(file.accountId);
    const reading = { ...settings, currencyOf, ...(account !== undefined && { account }) };
    const parts = reader(this.#bytes(), reading);
    for await (const part of checkSums(checkDates(parts, today))) {
      if (part.kind === 'statement') {
        position += 1;
        statement = await this.#begin(file, book, part.head, position);
      } else if (part.kind === 'line') {
        this.#lines += 1;
        if (statement?.add(part.line) === true) await this.#write(statement);
      } else if (statement !== undefined) {
        const ended = statement;
        await this.#write(ended);
        await this.held((tx) => ended.end(tx, part.tail));
        statement = undefined;
      }
    }
    if (position === 0) throw new StatementFault('the file', 'it says nothing of any account');
  }

  async #begin(
    file: StatementFile,
    book: AccountBook,
    head: StatementHead,
    position: number,
  ): Promise<LoadingStatement> {
    const place = `statement ${position} (${head.reference})`;
    const owner = book.ownerOf(head.account);
    if ('fault' in owner) throw new StatementFault(place, owner.fault);
    if (file.accountId !== null && owner.accountId !== file.accountId)
      throw new StatementFault(place, 'it is of another account than the one it was brought for');
    if (owner.currency !== head.currency)
      throw new StatementFault(place, `it is in ${head.currency}, and the account in ${owner.currency}`);
    return this.held(async (tx) => {
      const statementId = newId((await businessNow(tx)).getTime(), OF_OPERATOR);
      const statement = new LoadingStatement({ fileId: this.#fileId, statementId, position, owner, head });
      await statement.begin(tx);
      return statement;
    });
  }

  async #write(statement: LoadingStatement): Promise<void> {
    await this.held((tx) => statement.write(tx));
    await this.#parts.at?.('lot');
    await nextTurn();
  }

  async *#bytes(): AsyncGenerator<Buffer> {
    const { database, masterKey } = this.#parts;
    for (let chunk = 0; ; chunk++) {
      const at = chunk;
      const kept = await database.transaction((tx) => readChunk(tx, this.#fileId, at));
      if (kept === undefined) return;
      yield openChunk(masterKey, this.#fileId, at, kept);
    }
  }

  /** All its statements are in force at once. */
  async end(): Promise<void> {
    await this.#parts.at?.('loaded');
    await this.held(async (tx) => {
      await lockReading(tx);
      for (const loaded of await loadedOf(tx, this.#fileId)) {
        const { before, meets } = await neighboursOf(tx, loaded);
        const isStatement = loaded.form === 'statement';
        await putInForce(
          tx,
          loaded.statementId,
          isStatement ? continuityOf(loaded, before, meets) : 'unknown',
        );
      }
      await noteRead(tx, this.#fileId);
    });
    if (this.#lines >= MANY_LINES) await this.#parts.database.transaction(analyzeLines);
  }
}
