// Statements for tests: read from bytes in chunks of any size, and written by a writer that knows nothing of the readers.

import { readStatementFile, type HowToRead } from '../../src/dialects/index.ts';
import { formatMinor } from '../../src/kernel/money.ts';
import {
  checkSums,
  StatementFault,
  type StatementHead,
  type StatementLine,
  type StatementPart,
} from '../../src/reconciliation/index.ts';

export async function* chunksOf(bytes: Buffer | string, size = 1000): AsyncGenerator<Buffer> {
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** All parts, their sums proved. */
export async function partsOf(
  bytes: Buffer | string | AsyncIterable<Buffer>,
  how?: HowToRead,
): Promise<StatementPart[]> {
  const source = typeof bytes === 'string' || Buffer.isBuffer(bytes) ? chunksOf(bytes) : bytes;
  const parts: StatementPart[] = [];
  for await (const part of checkSums(readStatementFile(source, how))) parts.push(part);
  return parts;
}

export async function linesOf(
  bytes: Buffer | string | AsyncIterable<Buffer>,
  how?: HowToRead,
): Promise<StatementLine[]> {
  return (await partsOf(bytes, how)).flatMap((part) => (part.kind === 'line' ? [part.line] : []));
}

export async function headsOf(bytes: Buffer | string, how?: HowToRead): Promise<StatementHead[]> {
  return (await partsOf(bytes, how)).flatMap((part) => (part.kind === 'statement' ? [part.head] : []));
}

/** `place: reason` of the refusal; `read` where there was none. */
export async function faultOf(
  bytes: Buffer | string | AsyncIterable<Buffer>,
  how?: HowToRead,
): Promise<string> {
  try {
    await partsOf(bytes, how);
    return 'read';
  } catch (error) {
    if (error instanceof StatementFault) return `${error.place}: ${error.message}`;
    throw error;
  }
}

/** What every dialect can say of a booking. */
export interface Movement {
  readonly minor: bigint;
  readonly on: string;
  readonly id: string;
  readonly text: string;
}

export interface Written {
  readonly reference: string;
  readonly account: string;
  readonly currency: string;
  readonly opening: bigint;
  readonly movements: readonly Movement[];
}

export function closingOf({ opening, movements }: Written): bigint {
  return movements.reduce((sum, { minor }) => sum + minor, opening);
}

const absolute = (minor: bigint): bigint => (minor < 0n ? -minor : minor);

export function writeCamt(statements: readonly Written[], version = '053.001.08'): string {
  const amount = (minor: bigint, currency: string) =>
    `<Amt Ccy="${currency}">${formatMinor(absolute(minor), currency)}</Amt>` +
    `<CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
  const balance = (code: string, minor: bigint, currency: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(minor, currency)}<Dt><Dt>2026-03-01</Dt></Dt></Bal>`;
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const one = (written: Written) => {
    const { currency } = written;
    const entries = written.movements.map(
      ({ minor, on, id, text }) =>
        `<Ntry>${amount(minor, currency)}<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${on}</Dt></BookgDt>
        <NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>
        </TxDtls></NtryDtls></Ntry>`,
    );
    return `<Stmt><Id>${written.reference}</Id><Acct><Id><Othr><Id>${written.account}</Id></Othr></Id>
      <Ccy>${currency}</Ccy></Acct>${balance('OPBD', written.opening, currency)}
      ${balance('CLBD', closingOf(written), currency)}
      ${entries.join('\n')}</Stmt>`;
  };
  return `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${version}"><BkToCstmrStmt>
    <GrpHdr><MsgId>M</MsgId></GrpHdr>${statements.map(one).join('')}</BkToCstmrStmt></Document>`;
}

export function writeMt(statements: readonly Written[]): string {
  const amount = (minor: bigint, currency: string) => {
    const text = formatMinor(absolute(minor), currency);
    return text.includes('.') ? text.replace('.', ',') : `${text},`;
  };
  const balance = (tag: string, minor: bigint, currency: string) =>
    `:${tag}:${minor < 0n ? 'D' : 'C'}260301${currency}${amount(minor, currency)}`;
  const one = (written: Written, index: number) => {
    const { currency } = written;
    return [
      `:20:${written.reference}`,
      `:25:${written.account}`,
      `:28C:${index + 1}/1`,
      balance('60F', written.opening, currency),
      ...written.movements.flatMap(({ minor, on, id, text }) => [
        `:61:${on.replaceAll('-', '').slice(2)}${minor < 0n ? 'D' : 'C'}${amount(minor, currency)}NTRF${id}`,
        `:86:${text}`,
      ]),
      balance('62F', closingOf(written), currency),
      '-',
    ].join('\r\n');
  };
  return `${statements.map(one).join('\r\n')}\r\n`;
}

export function writeCsv(statements: readonly Written[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = statements.flatMap((written) => {
    let balance = written.opening;
    return written.movements.map(({ minor, on, id, text }) => {
      balance += minor;
      const shown = (value: bigint) => formatMinor(value, written.currency);
      return [written.account, written.currency, on, shown(minor), shown(balance), id, quoted(text)].join(
        ';',
      );
    });
  });
  return ['Account;Currency;Date;Amount;Balance;Id;Text', ...rows, ''].join('\n');
}

export const CSV = {
  delimiter: ';' as const,
  columns: {
    account: 'Account',
    currency: 'Currency',
    date: 'Date',
    amount: 'Amount',
    balance: 'Balance',
    endToEndId: 'Id',
    text: ['Text'],
  },
  dateFormat: 'yyyy-MM-dd' as const,
  decimalSign: '.' as const,
};
