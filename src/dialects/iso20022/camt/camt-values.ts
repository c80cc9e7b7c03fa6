// Amounts, signs and days as every part of a camt statement writes them.

import { isBusinessDate } from '../../../kernel/business-date.ts';
import { StatementFault } from '../../../reconciliation/index.ts';
import { codeText } from '../../statements/clean-text.ts';
import { readDecimal } from '../../statements/read-decimal.ts';
import { childOf, textOf, type XmlNode } from '../xml-node.ts';

/** xs:dateTime with its zone: an instant. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Unsigned minor units. Throws StatementFault: another currency than the account's, no amount. */
export function readAmount(amount: XmlNode | undefined, currency: string, place: string): bigint {
  const said = amount?.attributes.get('Ccy');
  if (amount === undefined || amount.text === '') throw new StatementFault(place, 'it says no amount');
  if (said === undefined) throw new StatementFault(place, 'its amount says no currency');
  if (said !== currency)
    throw new StatementFault(
      place,
      `it is in ${JSON.stringify(said.slice(0, 10))}, while the account is in ${currency}`,
    );
  return readBare(amount.text, currency, place);
}

/** An amount of the account's currency that does not say so. Only the point is a decimal sign: xs:decimal of XML Schema. */
export function readBare(text: string, currency: string, place: string): bigint {
  if (text.includes(','))
    throw new StatementFault(
      place,
      `${JSON.stringify(text.slice(0, 40))} has a comma: in camt a point stands before decimals, and nothing between thousands`,
    );
  const minor = readDecimal(text.replace(/^\+/, '').replace(/^\./, '0.'), currency, '.');
  if (typeof minor === 'string') throw new StatementFault(place, minor);
  return minor;
}

/** Whether money came in. null: it does not say. */
export function readIsCredit(node: XmlNode, place: string): boolean | null {
  const text = textOf(node, 'CdtDbtInd');
  if (text === null) return null;
  if (text !== 'CRDT' && text !== 'DBIT')
    throw new StatementFault(place, `it is ${JSON.stringify(text.slice(0, 20))}, neither CRDT nor DBIT`);
  return text === 'CRDT';
}

export interface ReadDay {
  readonly on: string;
  /** Where the zone is said. */
  readonly at: Date | null;
}

/** `Dt` or `DtTm` of the element; the day is the one written, in the bank's own zone. null: there is none. */
export function readDay(node: XmlNode | undefined, place: string, prefix = ''): ReadDay | null {
  const text = textOf(node, `${prefix}Dt`) ?? textOf(node, `${prefix}DtTm`);
  if (text === null) return null;
  const on = text.slice(0, 10);
  if (!isBusinessDate(on) || !/^(?:$|T|Z|[+-]\d{2}:\d{2}$)/.test(text.slice(10)))
    throw new StatementFault(place, `${JSON.stringify(text.slice(0, 40))} is no date`);
  const at = INSTANT.test(text) ? new Date(text) : null;
  return { on, at: at === null || Number.isNaN(at.getTime()) ? null : at };
}

/** Domain, family and sub-family, or else the bank's own. */
export function readCode(node: XmlNode | undefined): string | null {
  const domain = childOf(node, 'BkTxCd', 'Domn');
  const parts = [
    textOf(domain, 'Cd'),
    textOf(domain, 'Fmly', 'Cd'),
    textOf(domain, 'Fmly', 'SubFmlyCd'),
  ].filter((part) => part !== null);
  return codeText(parts.length > 0 ? parts.join('/') : textOf(node, 'BkTxCd', 'Prtry', 'Cd'));
}
