// Payment orders as pain.001.001.09 (customer credit transfer initiation). The same order gives the same bytes: there
// is nothing of now in them.

import { paymentIdOf } from '../../orders/index.ts';
import type { OrderWriter, PaymentOrder, Transfer } from '../../settlement/orders/index.ts';
import { documentPieces } from './document-pieces.ts';
import { element, textElement } from './element.ts';
import { amountElement, dateElement, idElement, instantElement, sumElements } from './order-parts.ts';
import { accountOf, agentOf, nameOf, partyFault } from './party.ts';

const LONGEST_TEXT = 140;

export const orderWriter: OrderWriter = { write, faultOf: partyFault };

function write(order: PaymentOrder): Buffer {
  const body = element('CstmrCdtTrfInitn', [header(order), payment(order)]);
  return Buffer.concat([...documentPieces('pain.001.001.09', [body])]);
}

function header(order: PaymentOrder): string {
  return element('GrpHdr', [
    idElement('MsgId', order.messageId),
    instantElement('CreDtTm', order.createdAt),
    ...sums(order),
    nameOf('InitgPty', order.debtor),
  ]);
}

/** One entry on the statement for each transfer (BtchBookg false): each is proved by its own end-to-end id. */
function payment(order: PaymentOrder): string {
  const { debtor, executeOn, transfers } = order;
  return element('PmtInf', [
    idElement('PmtInfId', paymentIdOf(order.messageId)),
    '<PmtMtd>TRF</PmtMtd>',
    '<BtchBookg>false</BtchBookg>',
    ...sums(order),
    element('ReqdExctnDt', [dateElement('Dt', executeOn)]),
    nameOf('Dbtr', debtor),
    accountOf('DbtrAcct', debtor, transfers[0].amount.currency),
    agentOf('DbtrAgt', debtor, true),
    '<ChrgBr>DEBT</ChrgBr>',
    ...transfers.map(transferOf),
  ]);
}

function sums({ transfers }: PaymentOrder): string[] {
  return sumElements(transfers.map(({ amount }) => amount));
}

function transferOf({ endToEndId, amount, creditor, text }: Transfer): string {
  return element('CdtTrfTxInf', [
    element('PmtId', [idElement('InstrId', endToEndId), idElement('EndToEndId', endToEndId)]),
    element('Amt', [amountElement('InstdAmt', amount)]),
    agentOf('CdtrAgt', creditor, false),
    nameOf('Cdtr', creditor),
    accountOf('CdtrAcct', creditor),
    element('RmtInf', [textElement('Ustrd', text, LONGEST_TEXT)]),
  ]);
}
