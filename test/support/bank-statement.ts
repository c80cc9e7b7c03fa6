// A bank's statement as a file, written by hand as a bank would: camt.053, or camt.054 when it is a notification.
import { formatMinor } from '../../src/kernel/money.ts';

export interface Booking {
  /** With its sign: money in is positive. In minor units. */
  readonly minor: bigint;
  readonly on?: string;
  readonly ref?: string;
  readonly e2e?: string;
  readonly messageId?: string;
  readonly code?: readonly [string, string, string];
  readonly reversal?: boolean;
  readonly reason?: string;
  readonly from?: { name?: string; account?: string };
  readonly text?: string;
  /** Told one by one; they make `minor`. */
  readonly parts?: readonly Part[];
}

export type Part = Pick<Booking, 'minor' | 'ref' | 'e2e' | 'text'>;

export interface Statement {
  readonly account: string;
  readonly currency: string;
  readonly id?: string;
  readonly sequence?: number;
  readonly from?: string;
  readonly to?: string;
  readonly opening?: bigint;
  /** Another than what the bookings make. */
  readonly closing?: bigint;
  readonly notification?: boolean;
  /** camt.052. */
  readonly report?: boolean;
  readonly bookings: readonly Booking[];
}

const DAY = '2026-11-23';

export function camt(...statements: readonly Statement[]): Buffer {
  const [first] = statements;
  const [kind, inner, name] =
    first?.notification === true
      ? ['camt.054.001.02', 'BkToCstmrDbtCdtNtfctn', 'Ntfctn']
      : first?.report === true
        ? ['camt.052.001.02', 'BkToCstmrAcctRpt', 'Rpt']
        : ['camt.053.001.02', 'BkToCstmrStmt', 'Stmt'];
  const parts = statements.map((one, at) => statement(one, at, name));
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:${kind}"><${inner}>` +
      `<GrpHdr><MsgId>M${first?.id ?? ''}${first?.sequence ?? ''}</MsgId><CreDtTm>2026-11-23T18:00:00</CreDtTm></GrpHdr>` +
      `${parts.join('')}</${inner}></Document>`,
  );
}

function statement(one: Statement, at: number, name: string): string {
  const { account, currency, from = DAY, to = from, opening = 0n, bookings } = one;
  const sum = bookings.reduce((all, { minor }) => all + minor, 0n);
  const closing = one.closing ?? opening + sum;
  const balances =
    name !== 'Stmt' ? '' : balance('OPBD', opening, currency, from) + balance('CLBD', closing, currency, to);
  return (
    `<${name}><Id>${one.id ?? `S-${from}-${at}`}</Id>` +
    (one.sequence === undefined ? '' : `<ElctrncSeqNb>${one.sequence}</ElctrncSeqNb>`) +
    `<CreDtTm>2026-11-23T18:00:00</CreDtTm>` +
    `<FrToDt><FrDtTm>${from}T00:00:00</FrDtTm><ToDtTm>${to}T23:59:59</ToDtTm></FrToDt>` +
    `<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>${currency}</Ccy></Acct>${balances}` +
    `${bookings.map((each) => entry(each, currency, from)).join('')}</${name}>`
  );
}

function balance(code: string, minor: bigint, currency: string, on: string): string {
  const sign = minor < 0n ? 'DBIT' : 'CRDT';
  return (
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="${currency}">${amount(minor, currency)}</Amt>` +
    `<CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`
  );
}

function amount(minor: bigint, currency: string): string {
  return formatMinor(minor < 0n ? -minor : minor, currency);
}

function entry(booking: Booking, currency: string, day: string): string {
  const { minor, on = day, ref, e2e, messageId, reversal = false, reason, from = {}, text } = booking;
  const [domain, family, sub] = booking.code ?? ['PMNT', minor < 0n ? 'ICDT' : 'RCDT', 'ESCT'];
  const refs = tag('MsgId', messageId) + tag('EndToEndId', e2e);
  const parts = booking.parts?.map((each) => part(each, currency)).join('');
  const isIn = minor > 0n !== reversal;
  const side = isIn ? 'Dbtr' : 'Cdtr';
  const parties =
    (from.name === undefined ? '' : `<${side}><Nm>${escaped(from.name)}</Nm></${side}>`) +
    (from.account === undefined
      ? ''
      : `<${side}Acct><Id><Othr><Id>${from.account}</Id></Othr></Id></${side}Acct>`);
  const details =
    (refs === '' ? '' : `<Refs>${refs}</Refs>`) +
    (parties === '' ? '' : `<RltdPties>${parties}</RltdPties>`) +
    (text === undefined ? '' : `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`) +
    (reason === undefined ? '' : `<RtrInf><Rsn><Cd>${reason}</Cd></Rsn></RtrInf>`);
  return (
    `<Ntry><Amt Ccy="${currency}">${amount(minor, currency)}</Amt><CdtDbtInd>${minor < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd>` +
    `${reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts>BOOK</Sts><BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>` +
    `${tag('AcctSvcrRef', ref)}<BkTxCd><Domn><Cd>${domain}</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${sub}</SubFmlyCd></Fmly></Domn></BkTxCd>` +
    `<NtryDtls>${parts ?? `<TxDtls>${details}</TxDtls>`}</NtryDtls></Ntry>`
  );
}

function part({ minor, ref, e2e, text }: Part, currency: string): string {
  const sign = minor < 0n ? 'DBIT' : 'CRDT';
  return (
    `<TxDtls><Refs>${tag('AcctSvcrRef', ref)}${tag('EndToEndId', e2e)}</Refs><Amt Ccy="${currency}">${amount(minor, currency)}</Amt>` +
    `<CdtDbtInd>${sign}</CdtDbtInd>${text === undefined ? '' : `<RmtInf><Ustrd>${escaped(text)}</Ustrd></RmtInf>`}</TxDtls>`
  );
}

function tag(name: string, value: string | undefined): string {
  return value === undefined ? '' : `<${name}>${escaped(value)}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
