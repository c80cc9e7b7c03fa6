// Bytes to text, piece by piece, strictly: a byte that is none of the encoding is told with its line and never replaced.

import { isAscii } from 'node:buffer';
import { StatementFault } from '../../reconciliation/index.ts';
import { isSoundUtf8, type Encoding } from './encodings.ts';

/** A byte order mark is dropped. Throws StatementFault where the bytes are not in `encoding`. */
export async function* decodeText(pieces: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  yield* decoded(pieces, () => encoding);
}

/** The first piece that is not plain ASCII decides: UTF-8, or else `usual`. */
export async function* decodeUndeclared(
  pieces: AsyncIterable<Buffer>,
  usual: Encoding,
): AsyncGenerator<string> {
  yield* decoded(pieces, (piece) => (isAscii(piece) ? undefined : isSoundUtf8(piece) ? 'utf-8' : usual));
}

async function* decoded(
  pieces: AsyncIterable<Buffer>,
  choose: (piece: Buffer) => Encoding | undefined,
): AsyncGenerator<string> {
  let encoding: Encoding | undefined;
  let decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let before: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    if (encoding === undefined) {
      encoding = choose(piece);
      if (encoding !== undefined) decoder = new TextDecoder(encoding, { fatal: true });
    }
    let text;
    try {
      text = decoder.decode(piece, { stream: true });
    } catch {
      throw faultIn(encoding ?? 'utf-8', line, Buffer.concat([before, piece]));
    }
    yield text;
    line += breaksIn(text);
    before = unfinished(piece);
  }
  try {
    decoder.decode();
  } catch {
    throw new StatementFault(`line ${line}`, 'it is cut off in the middle of a character: fetch it again');
  }
}

function faultIn(encoding: Encoding, line: number, bytes: Buffer): StatementFault {
  // Replacing decoders show where the first fault is; a piece of UTF-16 begins with a whole unit.
  const text = new TextDecoder(encoding).decode(bytes);
  const sound = text.slice(0, Math.max(0, text.indexOf('\ufffd')));
  return new StatementFault(
    `line ${line + breaksIn(sound)}`,
    `a character is not of the encoding ${encoding} in which the file is`,
  );
}

/** The begun UTF-8 character at the end, or a whole one: at most four bytes, never a line break. */
function unfinished(piece: Buffer): Buffer {
  for (let at = piece.length - 1; at >= 0 && at >= piece.length - 4; at--)
    if ((piece[at] ?? 0) >= 0xc0) return piece.subarray(at);
    else if ((piece[at] ?? 0) < 0x80) break;
  return piece.subarray(piece.length);
}

function breaksIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
