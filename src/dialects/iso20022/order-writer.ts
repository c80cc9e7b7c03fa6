// Payment orders as pain.001.001.09 (customer credit transfer initiation). The same order gives the same bytes: there
// is nothing of now in them. Amounts are written from minor units with the currency's own scale.

import { formatMinor } from '../../kernel/money.ts';
import {
  paymentIdOf,
  type OrderWriter,
  type PaymentOrder,
  type Transfer,
} from '../../settlement/orders/index.ts';
import { codeElement, element, textElement } from './element.ts';
import { accountOf, agentOf, nameOf, partyFault } from './party.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09';
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,34}$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const LONGEST_TEXT = 140;

export const orderWriter: OrderWriter = { write, faultOf: partyFault };

function write(order: PaymentOrder): Buffer {
  const body = element('CstmrCdtTrfInitn', [header(order), payment(order)]);
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${NAMESPACE}">${body}</Document>\n`;
  return Buffer.from(document, 'utf8');
}

function header(order: PaymentOrder): string {
  return element('GrpHdr', [
    codeElement('MsgId', order.messageId, ID),
    element('CreDtTm', [order.createdAt.toISOString().replace(/\.[0-9]{3}Z$/, 'Z')]),
    ...sums(order),
    nameOf('InitgPty', order.debtor),
  ]);
}

/** One entry on the statement for each transfer (BtchBookg false): each is proved by its own end-to-end id. */
function payment(order: PaymentOrder): string {
  const { debtor, executeOn, transfers } = order;
  return element('PmtInf', [
    codeElement('PmtInfId', paymentIdOf(order.messageId), ID),
    '<PmtMtd>TRF</PmtMtd>',
    '<BtchBookg>false</BtchBookg>',
    ...sums(order),
    element('ReqdExctnDt', [codeElement('Dt', executeOn, DATE)]),
    nameOf('Dbtr', debtor),
    accountOf('DbtrAcct', debtor, transfers[0].amount.currency),
    agentOf('DbtrAgt', debtor, true),
    '<ChrgBr>DEBT</ChrgBr>',
    ...transfers.map(transferOf),
  ]);
}

function sums({ transfers }: PaymentOrder): string[] {
  const { currency } = transfers[0].amount;
  let total = 0n;
  for (const { amount } of transfers) {
    if (amount.currency !== currency) throw new RangeError('an order is in one currency');
    if (amount.minor <= 0n) throw new RangeError('a transfer is more than zero');
    total += amount.minor;
  }
  return [element('NbOfTxs', [String(transfers.length)]), element('CtrlSum', [amountText(total, currency)])];
}

function transferOf({ endToEndId, amount, creditor, text }: Transfer): string {
  const value = amountText(amount.minor, amount.currency);
  return element('CdtTrfTxInf', [
    element('PmtId', [codeElement('InstrId', endToEndId, ID), codeElement('EndToEndId', endToEndId, ID)]),
    element('Amt', [`<InstdAmt Ccy="${amount.currency}">${value}</InstdAmt>`]),
    agentOf('CdtrAgt', creditor, false),
    nameOf('Cdtr', creditor),
    accountOf('CdtrAcct', creditor),
    element('RmtInf', [textElement('Ustrd', text, LONGEST_TEXT)]),
  ]);
}

/** The schema takes 18 digits; the largest amounts of Wasit stay below. */
function amountText(minor: bigint, currency: string): string {
  const value = formatMinor(minor, currency);
  if (value.replace('.', '').length > 18)
    throw new RangeError(`${value} has more digits than an order can carry`);
  return value;
}
