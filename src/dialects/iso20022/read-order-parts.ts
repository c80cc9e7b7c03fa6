// What orders say alike, read back: parties, amounts, instants, and the sums that have to be those of what stands there.
// The other side of order-parts.ts and party.ts, for banks that are played. Refuses (XmlFault) what is not there.

import { parseMinor, type Money } from '../../kernel/money.ts';
import type { OrderParty } from '../../orders/index.ts';
import { XmlFault } from './guarded-xml.ts';
import { childOf, textOf, type XmlNode } from './xml-node.ts';

export interface OrderHead {
  readonly messageId: string;
  readonly createdAt: Date;
}

export function readHead(message: XmlNode): OrderHead {
  const said = wantedText(message, 'GrpHdr', 'CreDtTm');
  const createdAt = new Date(said);
  if (Number.isNaN(createdAt.getTime())) throw new XmlFault(`${said.slice(0, 40)} (CreDtTm) is no time`);
  return { messageId: wantedText(message, 'GrpHdr', 'MsgId'), createdAt };
}

export function wantedText(node: XmlNode | undefined, ...path: readonly string[]): string {
  const text = textOf(node, ...path);
  if (text === null) throw new XmlFault(`the file does not say ${path.join('/')}`);
  return text;
}

/** `side`: `Cdtr` or `Dbtr`, with its account and its bank beside it. */
export function readParty(node: XmlNode | undefined, side: 'Cdtr' | 'Dbtr'): OrderParty {
  const id = childOf(node, `${side}Acct`, 'Id');
  const bank = childOf(node, `${side}Agt`, 'FinInstnId');
  return {
    name: wantedText(node, side, 'Nm'),
    account: textOf(id, 'IBAN') ?? wantedText(id, 'Othr', 'Id'),
    bank: textOf(bank, 'BICFI') ?? textOf(bank, 'ClrSysMmbId', 'MmbId'),
  };
}

/** null: the creditor collects for himself. */
export function readUltimateCreditor(node: XmlNode | undefined): string | null {
  return textOf(node, 'UltmtCdtr', 'Nm');
}

export function readSchemeId(node: XmlNode | undefined): string | null {
  return textOf(node, 'CdtrSchmeId', 'Id', 'PrvtId', 'Othr', 'Id');
}

export function readMoney(node: XmlNode | undefined, name: string): Money {
  const currency = childOf(node, name)?.attributes.get('Ccy') ?? '';
  const value = wantedText(node, name);
  const minor = parseMinor(value, currency);
  if (minor === undefined) throw new XmlFault(`${value.slice(0, 40)} (${name}) is no amount of its currency`);
  return { minor, currency };
}

export function readSequence(node: XmlNode | undefined, ...path: readonly string[]): 'RCUR' | 'OOFF' {
  const said = wantedText(node, ...path);
  if (said !== 'RCUR' && said !== 'OOFF')
    throw new XmlFault(`${said.slice(0, 40)} (${path.join('/')}) is neither RCUR nor OOFF`);
  return said;
}

/** Refuses a file of which a part was lost, or that adds up to something else. */
export function checkSums(node: XmlNode | undefined, amounts: readonly Money[]): void {
  const [count, sum] = [wantedText(node, 'NbOfTxs'), wantedText(node, 'CtrlSum')];
  const currency = amounts[0]?.currency ?? '';
  if (amounts.some((each) => each.currency !== currency))
    throw new XmlFault('the file is in several currencies');
  const total = amounts.reduce((all, { minor }) => all + minor, 0n);
  if (count !== String(amounts.length) || parseMinor(sum, currency) !== total)
    throw new XmlFault('the file holds other orders than its number and sum say (NbOfTxs, CtrlSum)');
}
