// The demo bank's statement of one account as a camt.053.001.08, in the form that banks send: balances, and one entry for
// each booking; or its notification of bookings as a camt.054.001.08, without balances. Values are written as they are
// given; nothing of them is checked.

import { isIban } from '../kernel/bank-account-number.ts';
import { formatMinor } from '../kernel/money.ts';

export interface Booking {
  /** A credit positive. */
  readonly minor: bigint;
  /** With the bank's own offset: 2026-11-23T11:40:00+04:00. */
  readonly at: string;
  readonly bankReference: string;
  /** Family and sub-family in the domain PMNT, such as RCDT/ESCT. */
  readonly code: string;
  readonly endToEndId?: string;
  readonly party?: { readonly name: string; readonly account?: string };
  readonly text?: string;
  /** Of money that came back: why. */
  readonly returned?: { readonly code: string; readonly text: string };
}

export interface DayOfAccount {
  readonly reference: string;
  readonly account: string;
  readonly currency: string;
  readonly date: string;
  readonly openingMinor: bigint;
  readonly bookings: readonly Booking[];
}

export interface BookingsOfAccount extends Omit<DayOfAccount, 'date' | 'openingMinor'> {
  readonly createdAt: Date;
}

export function writeNotification(notice: BookingsOfAccount): string {
  const { reference, currency, bookings } = notice;
  const createdAt = notice.createdAt.toISOString();
  return documentOf('camt.054.001.08', 'BkToCstmrDbtCdtNtfctn', [
    `<GrpHdr>${of('MsgId', reference)}${of('CreDtTm', createdAt)}</GrpHdr>`,
    `<Ntfctn>${of('Id', reference)}${of('CreDtTm', createdAt)}`,
    accountOf(notice),
    ...bookings.map((booking) => entry(booking, currency)),
    '</Ntfctn>',
  ]);
}

export function writeStatement(day: DayOfAccount): string {
  const { reference, currency, date, openingMinor, bookings } = day;
  const closingMinor = bookings.reduce((sum, { minor }) => sum + minor, openingMinor);
  const createdAt = `${date}T18:00:00+04:00`;
  return documentOf('camt.053.001.08', 'BkToCstmrStmt', [
    `<GrpHdr>${of('MsgId', reference)}${of('CreDtTm', createdAt)}</GrpHdr>`,
    `<Stmt>${of('Id', reference)}${of('CreDtTm', createdAt)}`,
    `<FrToDt>${of('FrDtTm', `${date}T00:00:00+04:00`)}${of('ToDtTm', `${date}T23:59:59+04:00`)}</FrToDt>`,
    accountOf(day),
    balance('OPBD', openingMinor, day),
    balance('CLBD', closingMinor, day),
    ...bookings.map((booking) => entry(booking, currency)),
    '</Stmt>',
  ]);
}

function documentOf(message: string, root: string, parts: readonly string[]): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}"><${root}>`,
    ...parts,
    `</${root}></Document>`,
  ].join('\n')}\n`;
}

function accountOf({ account, currency }: Pick<DayOfAccount, 'account' | 'currency'>): string {
  return `<Acct>${idOf(account)}${of('Ccy', currency)}</Acct>`;
}

function idOf(account: string): string {
  return `<Id>${isIban(account) ? of('IBAN', account) : `<Othr>${of('Id', account)}</Othr>`}</Id>`;
}

function balance(code: string, minor: bigint, { currency, date }: DayOfAccount): string {
  const type = `<Tp><CdOrPrtry>${of('Cd', code)}</CdOrPrtry></Tp>`;
  return `<Bal>${type}${amount(minor, currency)}<Dt>${of('Dt', date)}</Dt></Bal>`;
}

function entry(booking: Booking, currency: string): string {
  const { minor, at, bankReference, code, endToEndId, party, text, returned } = booking;
  const [family = '', subFamily = ''] = code.split('/');
  const details = [
    ...(endToEndId === undefined ? [] : [`<Refs>${of('EndToEndId', endToEndId)}</Refs>`]),
    ...(party === undefined ? [] : [`<RltdPties>${otherSide(party, minor > 0n)}</RltdPties>`]),
    ...(text === undefined ? [] : [`<RmtInf>${of('Ustrd', text)}</RmtInf>`]),
    ...(returned === undefined
      ? []
      : [`<RtrInf><Rsn>${of('Cd', returned.code)}</Rsn>${of('AddtlInf', returned.text)}</RtrInf>`]),
  ];
  return [
    `<Ntry>${amount(minor, currency)}<Sts>${of('Cd', 'BOOK')}</Sts>`,
    `<BookgDt>${of('DtTm', at)}</BookgDt>${of('AcctSvcrRef', bankReference)}`,
    `<BkTxCd><Domn>${of('Cd', 'PMNT')}<Fmly>${of('Cd', family)}${of('SubFmlyCd', subFamily)}</Fmly></Domn></BkTxCd>`,
    ...(details.length === 0 ? [] : [`<NtryDtls><TxDtls>${details.join('')}</TxDtls></NtryDtls>`]),
    '</Ntry>',
  ].join('');
}

function otherSide({ name, account }: NonNullable<Booking['party']>, isCredit: boolean): string {
  const side = isCredit ? 'Dbtr' : 'Cdtr';
  const party = `<${side}><Pty>${of('Nm', name)}</Pty></${side}>`;
  return account === undefined ? party : `${party}<${side}Acct>${idOf(account)}</${side}Acct>`;
}

function amount(minor: bigint, currency: string): string {
  const value = formatMinor(minor < 0n ? -minor : minor, currency);
  return `<Amt Ccy="${currency}">${value}</Amt>${of('CdtDbtInd', minor < 0n ? 'DBIT' : 'CRDT')}`;
}

function of(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<${name}>${escaped}</${name}>`;
}
