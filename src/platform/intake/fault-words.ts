// What is wrong with a line that cannot be read at all, in words for its sender.

import type { RecordFault } from './csv-records.ts';
import type { LineFault } from './text-lines.ts';

export const FAULT_WORDS: Readonly<Record<LineFault | RecordFault, string>> = {
  'too-long': 'the line is longer than 64 KiB',
  'not-utf8': 'the line is not UTF-8',
  'stray-quote': 'a quote stands where none may: quote the whole field and double the quote inside it',
  'open-quote': 'a quote is opened and never closed',
  'line-break': 'a field holds a line break',
};
