// Statements as camt.053 and early word as camt.052 and camt.054, whatever their version and prefixes. Each entry is read
// when it closes and forgotten: a file of any size takes the memory of its largest entry.

import { StatementFault, type StatementPart } from '../../../reconciliation/index.ts';
import { declarationFault, xmlEncoding } from '../../statements/encodings.ts';
import { decodeText } from '../../statements/decode-text.ts';
import { GuardedXml, XmlFault } from '../guarded-xml.ts';
import { CamtReader, type CurrencyOf } from './camt-reader.ts';

/** Of one transaction, or of an entry without its transactions, and of what stands around them. */
const MOST_ELEMENTS = 50_000;
const MOST_TEXT = 4 * 1024 * 1024;
const LONGEST_REASON = 300;

/** `pieces` of bytes; `start`: the first of them. Throws StatementFault. */
export async function* readCamt(
  pieces: AsyncIterable<Buffer>,
  start: Buffer,
  currencyOf: CurrencyOf,
): AsyncGenerator<StatementPart> {
  const encoding = xmlEncoding(start);
  const reader = new CamtReader(currencyOf);
  const xml = new GuardedXml({
    encodingFault: (declared) => declarationFault(declared, encoding),
    mostElements: MOST_ELEMENTS,
    mostText: MOST_TEXT,
    isKept: (node, around) => reader.isKept(node, around),
  });
  for await (const text of decodeText(pieces, encoding)) {
    orFault(xml, () => xml.write(text));
    yield* reader.take(text.length);
  }
  orFault(xml, () => xml.close());
  yield* reader.take(0);
  reader.end();
}

function orFault(xml: GuardedXml, read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    throw new StatementFault(`line ${xml.line}`, error.message.slice(0, LONGEST_REASON));
  }
}
