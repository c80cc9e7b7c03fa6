// From what COPY gives to lines that people read: the ids in front become those that everybody knows. Bytes stay bytes
// (latin1 is one character a byte), so whatever language the texts are in passes through untouched.

import { showId, showReceipt } from '../../kernel/ids.ts';

/** Of whole or broken pieces, all lines without their ends, in lots. */
export async function* linesOf(
  pieces: AsyncIterable<Buffer>,
  encoding: 'latin1' | 'utf8',
): AsyncGenerator<string[], void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    const end = piece.lastIndexOf(10);
    if (end < 0) {
      rest = Buffer.concat([rest, piece]);
      continue;
    }
    const whole = piece.subarray(0, end);
    const bytes = rest.length === 0 ? whole : Buffer.concat([rest, whole]);
    rest = Buffer.from(piece.subarray(end + 1));
    yield bytes.toString(encoding).split('\n');
  }
}

/** The first four fields of a line, `separator` after each, become three; the rest stays. */
export function withShownIds(line: string, billerId: number, separator: ',' | '\t'): string {
  const id = line.indexOf(separator);
  const high = line.indexOf(separator, id + 1);
  const low = line.indexOf(separator, high + 1);
  const at = line.indexOf(separator, low + 1);
  const local = localTime(line.slice(low + 1, at));
  if (id <= 0) return `${separator}${separator}${local}${line.slice(at)}`;
  const receiptNo = (BigInt(line.slice(id + 1, high)) << 30n) | BigInt(line.slice(high + 1, low));
  const receipt = showReceipt(billerId, receiptNo);
  return `${showId('pay', line.slice(0, id))}${separator}${receipt}${separator}${local}${line.slice(at)}`;
}

/** RFC 3339 to the second of `2026-11-22 12:15:30.123+04`, as the server writes an instant in its session's zone. */
function localTime(instant: string): string {
  const offset = instant.slice(instant.search(/[+-]\d\d(:\d\d)?$/));
  return `${instant.slice(0, 10)}T${instant.slice(11, 19)}${offset.length === 3 ? `${offset}:00` : offset}`;
}
