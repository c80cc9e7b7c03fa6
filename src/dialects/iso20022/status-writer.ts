// A bank's answer to orders as pain.002.001.11 (customer payment status report): the other side of read-order-status.ts, for
// banks that are played. Of the whole, of payment blocks, of transactions, as far as the bank speaks of each.

import { documentPieces } from './document-pieces.ts';
import { codeElement, element, textElement } from './element.ts';
import { idElement, instantElement } from './order-parts.ts';

/** As a bank writes it: codes of ISO 20022 (ACCP, ACSC, RJCT …), reasons as `AM04` or `AM04 and words`. */
export interface SaidStanding {
  readonly code: string;
  readonly reasons: readonly string[];
}

export interface StatusFile {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly orderMessageId: string;
  /** Such as `pain.008.001.08`. */
  readonly orderMessage: string;
  readonly whole: SaidStanding | null;
  readonly payments: readonly {
    readonly paymentId: string;
    readonly whole: SaidStanding | null;
    readonly transactions: readonly { readonly endToEndId: string; readonly standing: SaidStanding }[];
  }[];
}

const STATUS = /^[A-Z0-9]{1,4}$/;
const REASON = /^([A-Z0-9]{4})(?:\s+(.*))?$/s;
const LONGEST_WORDS = 105;

/** Throws (RangeError) for what the message cannot say. */
export function writeStatus(file: StatusFile): Buffer {
  return Buffer.concat([...documentPieces('pain.002.001.11', parts(file))]);
}

function* parts(file: StatusFile): Generator<string, void> {
  const head = element('GrpHdr', [
    idElement('MsgId', file.messageId),
    instantElement('CreDtTm', file.createdAt),
  ]);
  const whole = element('OrgnlGrpInfAndSts', [
    idElement('OrgnlMsgId', file.orderMessageId),
    element('OrgnlMsgNmId', [file.orderMessage]),
    ...standingOf('GrpSts', file.whole),
  ]);
  yield `<CstmrPmtStsRpt>${head}${whole}`;
  for (const payment of file.payments) {
    yield `<OrgnlPmtInfAndSts>${idElement('OrgnlPmtInfId', payment.paymentId)}`;
    yield standingOf('PmtInfSts', payment.whole).join('');
    for (const { endToEndId, standing } of payment.transactions)
      yield element('TxInfAndSts', [
        idElement('OrgnlEndToEndId', endToEndId),
        ...standingOf('TxSts', standing),
      ]);
    yield '</OrgnlPmtInfAndSts>';
  }
  yield '</CstmrPmtStsRpt>';
}

function standingOf(tag: string, standing: SaidStanding | null): string[] {
  if (standing === null) return [];
  return [codeElement(tag, standing.code, STATUS), ...standing.reasons.map(reasonOf)];
}

function reasonOf(reason: string): string {
  const [, code, words = ''] = REASON.exec(reason) ?? [undefined, undefined, reason];
  return element('StsRsnInf', [
    code === undefined ? undefined : element('Rsn', [element('Cd', [code])]),
    words === '' ? undefined : textElement('AddtlInf', words, LONGEST_WORDS),
  ]);
}
