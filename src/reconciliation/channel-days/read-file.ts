// A day file into rows: the plain beginning of a CSV file byte by byte, all else line by line. Which way a line goes makes
// no difference to what is read, only to what it costs.

import type { LineFormat } from '../../platform/http/index.ts';
import { csvLines, dayLines, readHeader, type Header } from './day-lines.ts';
import { MOST_FAULTS, type DayLine, type LineFault } from './day.ts';
import { PlainLines } from './plain-lines.ts';
import type { RowWriter } from './row-writer.ts';

const NEWLINE = 0x0a;
const LONGEST_PLAIN = 64 * 1024;

/**
 * Writes the rows and yields now and then how many are gathered; faults are added to `faults`, and with the first of them nothing is written any
 * more. Throws `UnreadableFile`.
 */
export async function* readFile(
  format: LineFormat,
  bytes: AsyncIterable<Buffer>,
  writer: RowWriter,
  faults: LineFault[],
): AsyncGenerator<number> {
  for await (const lines of format === 'csv' ? plainThenOthers(bytes, writer) : dayLines(format, bytes)) {
    for (const line of lines) {
      if (!('detail' in line) && faults.length > 0) continue;
      const fault = 'detail' in line ? line : writer.add(line);
      if (fault !== undefined) faults.push(fault);
    }
    if (faults.length >= MOST_FAULTS) return;
    yield writer.gathered;
  }
}

/** Yields nothing while the lines are plain: they are written already. */
async function* plainThenOthers(
  bytes: AsyncIterable<Buffer>,
  writer: RowWriter,
): AsyncGenerator<(DayLine | LineFault)[]> {
  const source = bytes[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  let header: Header | undefined;
  let plain: PlainLines | undefined;
  let nextLine = 1;
  for (;;) {
    const piece = await source.next();
    if (piece.done === true) break;
    rest = rest.length === 0 ? piece.value : Buffer.concat([rest, piece.value]);
    if (header === undefined || plain === undefined) {
      const names = plainHeader(rest);
      if (names === undefined) break;
      header = readHeader(names);
      plain = new PlainLines(writer, header.at, header.width);
      rest = rest.subarray(rest.indexOf(NEWLINE) + 1);
      nextLine = 2;
    }
    const whole = rest.lastIndexOf(NEWLINE) + 1;
    const taken = plain.take(rest.subarray(0, whole), nextLine);
    nextLine = taken.line;
    rest = rest.subarray(taken.end);
    if (taken.end < whole || rest.length > LONGEST_PLAIN) break;
    yield [];
  }
  yield* csvLines(joined(rest, source), header && { header, nextLine });
}

/** The names of the columns where the first line is whole and plain. */
function plainHeader(bytes: Buffer): string[] | undefined {
  const end = bytes.indexOf(NEWLINE);
  const line = bytes.toString('latin1', 0, Math.max(0, end)).replace(/\r$/, '');
  return /^[A-Za-z,]+$/.test(line) ? line.split(',') : undefined;
}

async function* joined(first: Buffer, others: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (;;) {
    const next = await others.next();
    if (next.done === true) return;
    yield next.value;
  }
}
