// CSV as RFC 4180 writes it: fields by commas, quoted where needed, a quote inside doubled. Lines without a quote
// are split at once; only the others are read by character. A record may span lines: it is one record still, but
// no field of a file may hold a line break, so such a record is a fault, told at the line where it begins.

import { splitCsvLine } from '../../kernel/csv-line.ts';
import { LONGEST_LINE_BYTES, type Line, type LineBatch, type LineFault } from './text-lines.ts';

export type RecordFault = LineFault | 'stray-quote' | 'open-quote' | 'line-break';

export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[] | RecordFault;
}

/** Blank lines are no records. */
export async function* csvRecords(batches: AsyncIterable<LineBatch>): AsyncGenerator<CsvRecord[]> {
  const reader = new CsvReader();
  for await (const batch of batches) {
    const records: CsvRecord[] = [];
    batch.lines.forEach((line, index) => reader.take(batch.first + index, line, records));
    yield records;
  }
  const last: CsvRecord[] = [];
  reader.end(last);
  if (last.length > 0) yield last;
}

class CsvReader {
  /** The lines of a record whose quote is still open; the first began it. */
  #held: { number: number; line: Line }[] = [];
  #heldLength = 0;

  take(number: number, line: Line, records: CsvRecord[]): void {
    if (this.#held.length > 0) return this.#continue(number, line, records);
    if (typeof line !== 'string') records.push({ line: number, fields: line.fault });
    else if (line === '') return;
    else if (!line.includes('"')) records.push({ line: number, fields: line.split(',') });
    else if (staysOpen(line, false)) this.#hold(number, line);
    else records.push({ line: number, fields: splitCsvLine(line) });
  }

  #hold(number: number, line: Line): void {
    this.#held.push({ number, line });
    this.#heldLength += typeof line === 'string' ? line.length + 1 : LONGEST_LINE_BYTES;
  }

  #continue(number: number, line: Line, records: CsvRecord[]): void {
    if (typeof line === 'string' && line.includes('"') && !staysOpen(line, true)) {
      records.push({ line: this.#held[0]?.number ?? number, fields: 'line-break' });
      this.#forget();
      return;
    }
    this.#hold(number, line);
    if (this.#heldLength > LONGEST_LINE_BYTES) this.end(records);
  }

  /** The quote never closed: only the line that opened it is at fault, those after it are read as if it were not. */
  end(records: CsvRecord[]): void {
    while (this.#held.length > 0) {
      const [opener, ...others] = this.#held;
      this.#forget();
      if (opener !== undefined) records.push({ line: opener.number, fields: 'open-quote' });
      for (const { number, line } of others) this.take(number, line, records);
    }
  }

  #forget(): void {
    this.#held = [];
    this.#heldLength = 0;
  }
}

/** Whether a quote is open at the end of the line, having been `open` at its start. */
function staysOpen(line: string, open: boolean): boolean {
  let quoted = open;
  let fresh = !open;
  for (let at = 0; at < line.length; at++) {
    const char = line.charCodeAt(at);
    if (char === QUOTE && (quoted || fresh)) {
      if (quoted && line.charCodeAt(at + 1) === QUOTE) at++;
      else quoted = !quoted;
      fresh = false;
    } else if (!quoted) {
      fresh = char === COMMA;
    }
  }
  return quoted;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
