// The lines of a bench's statement: remittances to be proved, deposits, charges, transfers of the channel, and debits that
// nobody knows, as one camt.053.

import { formatMinor } from '../../src/kernel/money.ts';

export const DAY = new Date().toISOString().slice(0, 10);
/** Of each remittance; the nth has the end-to-end id `W`, n in 14 digits, 0. */
export const MINOR = 125_500n;

type Kind = 'remittance' | 'charge' | 'deposit' | 'channel' | 'unknown';
/** Of every hundred lines so many, the rest nobody knows. */
const MIXTURE: readonly (readonly [Kind, number])[] = [
  ['remittance', 30],
  ['deposit', 60],
  ['charge', 90],
  ['channel', 91],
];

function kindOf(n: number): Kind {
  return MIXTURE.find(([, below]) => n % 100 < below)?.[0] ?? 'unknown';
}

const MINORS: Record<Kind, (n: number) => bigint> = {
  remittance: () => -MINOR,
  deposit: (n) => 12_345n + BigInt(n),
  charge: () => -150n,
  channel: () => 900_000n,
  unknown: (n) => -BigInt(n + 1),
};

/** `number`: of the account. */
export async function* camt(number: string, lines: number): AsyncGenerator<Buffer> {
  let sum = 0n;
  for (let n = 0; n < lines; n++) sum += MINORS[kindOf(n)](n);
  yield Buffer.from(
    `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>` +
      `<GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>S</Id><FrToDt><FrDtTm>${DAY}T00:00:00</FrDtTm><ToDtTm>${DAY}T23:59:59</ToDtTm></FrToDt>` +
      `<Acct><Id><Othr><Id>${number}</Id></Othr></Id><Ccy>OMR</Ccy></Acct>${balance('OPBD', 0n)}${balance('CLBD', sum)}`,
  );
  let text = '';
  for (let n = 0; n < lines; n++) {
    text += entry(n);
    if (text.length < 256 * 1024) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(`${text}</Stmt></BkToCstmrStmt></Document>`);
}

function entry(n: number): string {
  const kind = kindOf(n);
  const minor = MINORS[kind](n);
  const nth = Math.floor(n / 100) * 30 + (n % 100) + 1;
  const e2e = kind === 'remittance' ? `W${String(nth).padStart(14, '0')}0` : 'NOTPROVIDED';
  const text = kind === 'channel' ? 'WASIT/bench-bank' : `PAYMENT ${n} شركة النور`;
  const [family, sub] = [minor < 0n ? 'ICDT' : 'RCDT', kind === 'charge' ? 'CHRG' : 'ESCT'];
  return (
    `<Ntry>${amount(minor)}<Sts>BOOK</Sts><BookgDt><Dt>${DAY}</Dt></BookgDt><AcctSvcrRef>R${n}</AcctSvcrRef>` +
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${sub}</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls><TxDtls><Refs><EndToEndId>${e2e}</EndToEndId></Refs><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`
  );
}

/** How many lines a file of so many bytes has. */
export function linesOf(bytes: number): number {
  let lines = 0;
  for (let left = bytes; left > 0; lines++) left -= Buffer.byteLength(entry(lines));
  return lines;
}

function balance(code: string, minor: bigint): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(minor)}<Dt><Dt>${DAY}</Dt></Dt></Bal>`;
}

function amount(minor: bigint): string {
  const shown = formatMinor(minor < 0n ? -minor : minor, 'OMR');
  return `<Amt Ccy="OMR">${shown}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
}
