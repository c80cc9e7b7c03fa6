// In which encoding a file is: what its byte order mark says, what its XML declaration says, or what it proves to be.

import { isAscii } from 'node:buffer';
import { StatementFault } from '../../reconciliation/index.ts';

/** As banks of the region write. WHATWG reads iso-8859-1 as windows-1252, of which it is a part. */
export type Encoding =
  'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'iso-8859-6' | 'windows-1252' | 'windows-1256';

const LABELS: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['iso-8859-1', 'iso-8859-1'],
  ['latin1', 'iso-8859-1'],
  ['iso-8859-6', 'iso-8859-6'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
  ['windows-1256', 'windows-1256'],
  ['cp1256', 'windows-1256'],
]);
const READ = 'UTF-8, UTF-16 with its mark, ISO-8859-1, ISO-8859-6, windows-1252 and windows-1256 are read';

/** undefined: it has no byte order mark. */
export function markedEncoding(start: Buffer): Encoding | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8';
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Refuses (StatementFault) encodings that are not read. */
export function namedEncoding(name: string): Encoding {
  const encoding = LABELS.get(name.toLowerCase());
  if (encoding !== undefined) return encoding;
  throw new StatementFault('line 1', `it says that it is in ${JSON.stringify(name.slice(0, 40))}; ${READ}`);
}

/** Of an XML file whose first bytes are `start`. */
export function xmlEncoding(start: Buffer): Encoding {
  const marked = markedEncoding(start);
  if (marked !== undefined) return marked;
  if (start.subarray(0, 4).includes(0))
    throw new StatementFault('line 1', `it is in UTF-16 or UTF-32 without a mark; ${READ}`);
  const declared = /^<\?xml[^>]{1,200}?\sencoding\s*=\s*["']([^"']{1,200})["']/.exec(
    start.toString('latin1', 0, 512),
  );
  return namedEncoding(declared?.[1] ?? 'utf-8');
}

/** Why a document that says that it is in `declared` is not read as `encoding`, in words. */
export function declarationFault(declared: string, encoding: Encoding): string | undefined {
  const isSame = encoding.startsWith('utf-16')
    ? /^utf-?16(?:le|be)?$/i.test(declared)
    : LABELS.get(declared.toLowerCase()) === encoding;
  return isSame ? undefined : `it says that it is in ${declared.slice(0, 40)}, but its mark says ${encoding}`;
}

/**
 * Of a text file. Without a mark the first piece that is not plain ASCII decides: sound UTF-8, or else what is usual with
 * the bank. Arabic in a one-byte encoding is never sound UTF-8 over a few words.
 */
export function isSoundUtf8(piece: Buffer): boolean {
  if (isAscii(piece)) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece, { stream: true });
    return true;
  } catch {
    return false;
  }
}
