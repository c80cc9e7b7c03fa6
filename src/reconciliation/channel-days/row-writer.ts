// Lines of a day file as rows of COPY's text format, in the order of LINE_COLUMNS, gathered in pieces. No text of a line
// holds what would have to be escaped there.

import type { DayLine, LineFault } from './day.ts';
import { MaybeSeen } from './maybe-seen.ts';
import { LARGEST_TOTAL, Sums } from './totals.ts';

const PIECE = 128 * 1024;
const NULL = '\\N';

export class RowWriter {
  readonly sums = new Sums();
  readonly seen = new MaybeSeen();
  /** Lines written, and of these, those since the last `take`. */
  lines = 0;
  gathered = 0;
  /** Whether any reference may have come twice. */
  mayRepeat = false;
  #pieces: Buffer[] = [];
  /** What is being filled, and how far it is. */
  buffer = Buffer.allocUnsafe(PIECE);
  at = 0;

  /** Makes room for so many bytes in `buffer`. */
  reserve(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    if (this.at > 0) this.#pieces.push(this.buffer.subarray(0, this.at));
    this.buffer = Buffer.allocUnsafe(Math.max(PIECE, bytes));
    this.at = 0;
  }

  /** A fault: the lines come to more than can be booked with it. */
  add(line: DayLine): LineFault | undefined {
    const { reference, currency, feeMinor, businessDate, more } = line;
    this.sums.add(line);
    if (this.sums.side(currency).minor > LARGEST_TOTAL) return tooMuch(line);
    const bytes = Buffer.from(reference);
    const again = this.seen.add(bytes, 0, bytes.length);
    const row =
      `${line.line}\t${reference}\t${line.currency}\t${line.amountMinor}\t${line.status}\t` +
      `${feeMinor ?? NULL}\t${businessDate ?? NULL}\t${more === null ? NULL : JSON.stringify(more)}\t${again ? 't' : 'f'}\n`;
    this.reserve(row.length);
    this.at += this.buffer.write(row, this.at, 'latin1');
    this.count(again);
    return undefined;
  }

  count(again: boolean): void {
    this.lines += 1;
    this.gathered += 1;
    if (again) this.mayRepeat = true;
  }

  /** All rows since the last time. */
  take(): readonly Buffer[] {
    const rows = [...this.#pieces, this.buffer.subarray(0, this.at)];
    this.#pieces = [];
    this.buffer = Buffer.allocUnsafe(PIECE);
    this.at = 0;
    this.gathered = 0;
    return rows;
  }
}

function tooMuch({ line, currency }: DayLine): LineFault {
  const detail = `up to this line the amounts in ${currency} come to more than can be booked, 10^17 minor units`;
  return { line, field: 'amount', detail };
}
