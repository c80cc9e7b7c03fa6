// Bytes in, lines out, a batch per slice of bytes, in constant memory: a line longer than the limit is dropped as
// it streams by and stands in its place as a fault, and so does one that is not UTF-8. Lines count from 1.

import { isUtf8 } from 'node:buffer';

export type LineFault = 'too-long' | 'not-utf8';
export type Line = string | { readonly fault: LineFault };

export interface LineBatch {
  /** Number of the first line of the batch; the others follow without gaps. Blank lines may stand for more of them. */
  readonly first: number;
  readonly lines: readonly Line[];
}

export const LONGEST_LINE_BYTES = 64 * 1024;
/** Short enough that whoever shares the thread waits only a few milliseconds for a batch. */
const SLICE_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
/** A slice of nothing else stands as one blank line, so that a file inflated from nothing costs next to nothing. */
const BLANK_LINES = Buffer.alloc(SLICE_BYTES, NEWLINE);
const TOO_LONG: Line = { fault: 'too-long' };
const NOT_UTF8: Line = { fault: 'not-utf8' };

/**
 * Ends of lines are LF or CRLF and belong to no line; a byte order mark at the very start is dropped. `from`: the number
 * of the first line.
 */
export async function* textLines(source: AsyncIterable<Buffer>, from = 1): AsyncGenerator<LineBatch> {
  let rest: Buffer = Buffer.alloc(0);
  let skipping = false;
  let first = from;
  for await (const chunk of source) {
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) {
      const slice = chunk.subarray(at, at + SLICE_BYTES);
      if (rest.length === 0 && !skipping && slice.equals(BLANK_LINES.subarray(0, slice.length))) {
        yield { first, lines: [''] };
        first += slice.length;
        continue;
      }
      const end = slice.lastIndexOf(NEWLINE);
      if (end < 0) {
        if (!skipping) rest = Buffer.concat([rest, slice]);
      } else {
        const lines: Line[] = [];
        let body: Buffer = slice.subarray(0, end);
        if (skipping) {
          lines.push(TOO_LONG);
          body = afterFirstLine(body);
          skipping = false;
          if (slice.indexOf(NEWLINE) < end) splitInto(lines, body);
        } else {
          splitInto(lines, rest.length === 0 ? body : Buffer.concat([rest, body]));
        }
        rest = Buffer.from(slice.subarray(end + 1));
        yield { first, lines: withoutMark(lines, first) };
        first += lines.length;
      }
      if (rest.length > LONGEST_LINE_BYTES) {
        rest = Buffer.alloc(0);
        skipping = true;
      }
    }
  }
  const last: Line[] = [];
  if (skipping) last.push(TOO_LONG);
  else if (rest.length > 0) splitInto(last, rest);
  if (last.length > 0) yield { first, lines: withoutMark(last, first) };
}

function afterFirstLine(bytes: Buffer): Buffer {
  const newline = bytes.indexOf(NEWLINE);
  return newline < 0 ? bytes.subarray(bytes.length) : bytes.subarray(newline + 1);
}

/** One decoding for the whole slice where it is sound; line by line only where it is not. */
function splitInto(lines: Line[], bytes: Buffer): void {
  if (isUtf8(bytes)) {
    for (const line of bytes.toString().split('\n')) {
      const text = line.charCodeAt(line.length - 1) === 13 ? line.slice(0, -1) : line;
      lines.push(
        text.length * 3 > LONGEST_LINE_BYTES && Buffer.byteLength(text) > LONGEST_LINE_BYTES
          ? TOO_LONG
          : text,
      );
    }
    return;
  }
  for (let at = 0; at <= bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, at);
    const line = bytes.subarray(at, newline < 0 ? bytes.length : newline);
    if (isUtf8(line)) splitInto(lines, line);
    else lines.push(NOT_UTF8);
    at = newline < 0 ? bytes.length + 1 : newline + 1;
  }
}

function withoutMark(lines: Line[], first: number): Line[] {
  const start = lines[0];
  if (first === 1 && typeof start === 'string' && start.charCodeAt(0) === 0xfeff) lines[0] = start.slice(1);
  return lines;
}
