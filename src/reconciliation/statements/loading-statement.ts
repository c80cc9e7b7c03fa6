// One statement while it streams in: the lines that wait to be written, and what they add up to. Memory holds one lot.

import type { Tx } from '../../platform/db/index.ts';
import { lineRow } from './line-row.ts';
import type { StatementLine, StatementTail } from './statement.ts';
import { copyLines, endStatement, insertStatement, type Begun } from './store-load.ts';

const LOT_LINES = 2_000;
const LOT_CHARACTERS = 2 * 1024 * 1024;

export class LoadingStatement {
  readonly #begun: Begun;
  #rows: string[] = [];
  #characters = 0;
  #lines = 0;
  #credits = 0n;
  #debits = 0n;
  #first: string | null = null;
  #last: string | null = null;

  constructor(begun: Begun) {
    this.#begun = begun;
  }

  begin(tx: Tx): Promise<void> {
    return insertStatement(tx, this.#begun);
  }

  /** True: it is time to write. A booking of zero moves nothing and is no line. */
  add(line: StatementLine): boolean {
    if (line.minor === 0n) return false;
    this.#lines += 1;
    if (line.minor > 0n) this.#credits += line.minor;
    else this.#debits -= line.minor;
    if (this.#first === null || line.bookedOn < this.#first) this.#first = line.bookedOn;
    if (this.#last === null || line.bookedOn > this.#last) this.#last = line.bookedOn;
    const row = lineRow(this.#begun, this.#lines, line);
    this.#rows.push(row);
    this.#characters += row.length;
    return this.#rows.length >= LOT_LINES || this.#characters >= LOT_CHARACTERS;
  }

  async write(tx: Tx): Promise<void> {
    if (this.#rows.length > 0) await copyLines(tx, this.#rows);
    this.#rows = [];
    this.#characters = 0;
  }

  end(tx: Tx, { closing }: StatementTail): Promise<void> {
    const { opening } = this.#begun.head;
    return endStatement(tx, this.#begun.statementId, {
      closingMinor: closing?.minor ?? null,
      creditsMinor: this.#credits,
      debitsMinor: this.#debits,
      lines: this.#lines,
      from: this.#first ?? opening?.on ?? closing?.on ?? null,
      to: this.#last ?? closing?.on ?? opening?.on ?? null,
    });
  }
}
