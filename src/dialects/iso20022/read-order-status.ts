// The bank's answer to an order, pain.002 (customer payment status report), versions 001.03 to .12 alike: elements are
// known by their local names. What is said of the group, of a payment block and of transfers is kept apart; who acts
// on it takes the most particular.

import type {
  OrderStatus,
  ReadStatus,
  Standing,
  TransferStanding,
  Verdict,
} from '../../settlement/orders/index.ts';
import { childOf, childrenOf, readXml, textOf, type XmlNode } from './read-xml.ts';

/** ISO 20022 external code sets ExternalPaymentGroupStatus1Code and ExternalPaymentTransactionStatus1Code. */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  ACTC: 'accepted',
  ACCP: 'accepted',
  ACFC: 'accepted',
  ACSP: 'accepted',
  ACSC: 'accepted',
  ACCC: 'accepted',
  ACWC: 'accepted',
  ACWP: 'accepted',
  RCVD: 'pending',
  PDNG: 'pending',
  PATC: 'pending',
  PART: 'partly',
  PRES: 'pending',
  RJCT: 'rejected',
  CANC: 'rejected',
};
const MOST_REASONS = 10;

export function readOrderStatus(bytes: Buffer): ReadStatus {
  const read = readXml(bytes);
  if (!read.ok) return read;
  const reports = reportsOf(read.root);
  if (reports.length === 0)
    return { ok: false, reason: 'the file is no payment status report (pain.002): it has no CstmrPmtStsRpt' };
  const statuses: OrderStatus[] = [];
  for (const report of reports) {
    const messageId = textOf(report, 'GrpHdr', 'MsgId');
    const orderMessageId = textOf(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgId');
    if (messageId === null || orderMessageId === null)
      return { ok: false, reason: 'a report of the file does not say its own or the original message id' };
    statuses.push({
      messageId,
      orderMessageId,
      whole: standingOf(childOf(report, 'OrgnlGrpInfAndSts'), 'GrpSts'),
      payments: childrenOf(report, 'OrgnlPmtInfAndSts').map(paymentOf),
    });
  }
  return { ok: true, statuses };
}

/** Several documents may stand in an envelope of the bank's. */
function reportsOf(node: XmlNode): readonly XmlNode[] {
  const here = childrenOf(node, 'CstmrPmtStsRpt');
  if (here.length > 0) return here;
  return Object.values(node.children).flat().flatMap(reportsOf);
}

function paymentOf(payment: XmlNode): OrderStatus['payments'][number] {
  return {
    paymentId: textOf(payment, 'OrgnlPmtInfId'),
    whole: standingOf(payment, 'PmtInfSts'),
    transfers: childrenOf(payment, 'TxInfAndSts').flatMap(transferOf),
  };
}

/** A transfer that is only named, without a status, says nothing of its own. */
function transferOf(transfer: XmlNode): TransferStanding[] {
  const standing = standingOf(transfer, 'TxSts');
  return standing === null ? [] : [{ endToEndId: textOf(transfer, 'OrgnlEndToEndId'), standing }];
}

function standingOf(node: XmlNode | undefined, tag: string): Standing | null {
  const code = textOf(node, tag);
  if (code === null) return null;
  const reasons = childrenOf(node, 'StsRsnInf')
    .map(reasonOf)
    .filter((reason) => reason !== '');
  const isKnown = Object.hasOwn(VERDICTS, code);
  return {
    verdict: isKnown ? (VERDICTS[code] ?? 'unknown') : 'unknown',
    code: code.slice(0, 35),
    reasons: reasons.slice(0, MOST_REASONS),
  };
}

/** Code and words: `AC01 account number is wrong`. */
function reasonOf(info: XmlNode): string {
  const code = textOf(info, 'Rsn', 'Cd') ?? textOf(info, 'Rsn', 'Prtry');
  const words = childrenOf(info, 'AddtlInf').map((more) => more.text);
  return [code, ...words]
    .filter((part) => part !== null && part !== '')
    .join(' ')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300);
}
