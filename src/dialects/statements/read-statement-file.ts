// A bank's file, whatever it is, as the parts of its statements. What it is shows in its first bytes, never in its name.

import { namedEncoding, markedEncoding, type Encoding } from './encodings.ts';
import { StatementFault, type CsvMapping, type StatementPart } from '../../reconciliation/index.ts';
import { readCsvStatement } from '../csv/read-csv-statement.ts';
import { readCamt } from '../iso20022/camt/read-camt.ts';
import { readMt } from '../mt/read-mt.ts';
import { decodeText, decodeUndeclared } from './decode-text.ts';
import { inPieces } from './pieces.ts';
import { textLines } from './text-lines.ts';
import { unpack } from './unpack.ts';

export interface HowToRead {
  /** How the bank writes CSV; without it a CSV file is refused. */
  readonly csv?: CsvMapping;
  /** Of MT and CSV files that have no byte order mark and are no UTF-8; windows-1256 where it is not said. */
  readonly encoding?: string;
  /** The currency of an account, where the file does not say it. */
  readonly currencyOf?: (account: string) => string | undefined;
  /** Of rows of CSV that do not say theirs; before the one that the mapping says of all. */
  readonly account?: string;
}

/** A block of SWIFT FIN, a first field, or a bank's header of a few lines before it. */
const MT = /^(?:\{1:|:(?:20|940|942|NS):|(?:[^\n]{0,40}\n){1,4}:20:)/;

/**
 * Parts in the order of the file: a statement, its lines, its end. Throws StatementFault at the first fault, and the whole
 * file is refused then; sums are proved by `checkSums`, around it.
 */
export async function* readStatementFile(
  bytes: AsyncIterable<Buffer>,
  how: HowToRead = {},
): AsyncGenerator<StatementPart> {
  const rest = inPieces(unpack(bytes));
  try {
    const first = await rest.next();
    if (first.done === true) throw new StatementFault('the file', 'it is empty');
    yield* read(first.value, from(first.value, rest), how);
  } finally {
    await rest.return(undefined);
  }
}

async function* read(
  start: Buffer,
  pieces: AsyncIterable<Buffer>,
  how: HowToRead,
): AsyncGenerator<StatementPart> {
  const marked = markedEncoding(start);
  const shown = new TextDecoder(marked ?? 'latin1')
    .decode(start)
    .replace(/^[\x01\s]+/, '')
    .replaceAll('\r\n', '\n');
  const currencyOf = how.currencyOf ?? (() => undefined);
  const texts = (): AsyncGenerator<string> => textsOf(pieces, marked, how.encoding ?? 'windows-1256');
  if (shown === '' && start.length < 1024) throw new StatementFault('the file', 'it is empty');
  // UTF-16 without a mark shows as a letter and a NUL.
  if (/^\0?</.test(shown)) yield* readCamt(pieces, start, currencyOf);
  else if (MT.test(shown)) yield* readMt(textLines(unframed(texts())));
  else if (how.csv !== undefined)
    yield* readCsvStatement(textLines(texts()), mapped(how.csv, how.account), currencyOf);
  else
    throw new StatementFault(
      'the file',
      'it is no camt.052, 053 or 054, no MT940 or MT942, and for this bank it is not said how it writes CSV',
    );
}

/** Which account a file was brought for is said of this one file, the mapping's of all that the bank writes. */
function mapped(csv: CsvMapping, account: string | undefined): CsvMapping {
  return account === undefined ? csv : { ...csv, account };
}

function textsOf(
  pieces: AsyncIterable<Buffer>,
  marked: Encoding | undefined,
  usual: string,
): AsyncGenerator<string> {
  return marked === undefined ? decodeUndeclared(pieces, namedEncoding(usual)) : decodeText(pieces, marked);
}

/** Start and end of a transmission, and the end of a DOS file, stand around the messages of some banks. */
async function* unframed(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield text.replace(/[\x01\x03\x1a]/g, '');
}

async function* from(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}
