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

/** The first three fields of a line, `separator` after each, become two; the rest stays. */
export function withShownIds(line: string, billerId: number, separator: ',' | '\t'): string {
  const id = line.indexOf(separator);
  const high = line.indexOf(separator, id + 1);
  const low = line.indexOf(separator, high + 1);
  if (id <= 0) return separator + line.slice(low);
  const receiptNo = (BigInt(line.slice(id + 1, high)) << 30n) | BigInt(line.slice(high + 1, low));
  return `${showId('pay', line.slice(0, id))}${separator}${showReceipt(billerId, receiptNo)}${line.slice(low)}`;
}
