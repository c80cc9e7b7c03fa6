// A file of lines that a command brings in: which form it has, and how far it has been read.

import type { LineFormat } from '../http/index.ts';
import { WrongUsage } from './context.ts';

/** `wanted`, or what the name says. Throws WrongUsage when neither says it. */
export function formatOfFile(file: string, wanted: unknown): LineFormat {
  const name = typeof wanted === 'string' ? wanted : file.replace(/\.gz$/, '').replace(/^.*\./, '');
  if (name === 'csv') return 'csv';
  if (name === 'ndjson' || name === 'jsonl') return 'ndjson';
  throw new WrongUsage(`is ${file} CSV or NDJSON? Say --format csv or --format ndjson`);
}

/** The same pieces; `onBytes` hears of all bytes so far with each of them. */
export async function* counted(
  stream: AsyncIterable<Buffer>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    onBytes(bytes);
    yield piece;
  }
}
