// The bank's answer to an order, pain.002 (customer payment status report), versions 001.03 to .12 alike: elements are
// known by their local names. What is said of the group, of a payment block and of transfers is kept apart; who acts
// on it takes the most particular.

import {
  LARGEST_ANSWER_BYTES,
  type OrderStatus,
  type ReadStatus,
  type Standing,
  type TransferStanding,
  type Verdict,
} from '../../settlement/orders/index.ts';
import { childOf, childrenOf, readXml, textOf, type XmlNode } from './read-xml.ts';

/** ISO 20022 external code sets ExternalPaymentGroupStatus1Code and ExternalPaymentTransactionStatus1Code. */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  ACTC: 'accepted',
  ACCP: 'accepted',
  ACFC: 'accepted',
  ACSP: 'accepted',
  ACSC: 'settled',
  ACCC: 'settled',
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
/** As ISO writes it, or a country's bankers around it. */
const NAMESPACE = /(?:^|[^a-z0-9])pain\.002\.001\.[0-9]{2}(?![0-9])/i;

export async function readOrderStatus(bytes: Buffer): Promise<ReadStatus> {
  const read = await readXml(bytes, LARGEST_ANSWER_BYTES);
  if (!read.ok) return read;
  const reports = reportsOf(read.root);
  if (reports.length === 0)
    return { ok: false, reason: 'the file is no payment status report (pain.002): it has no CstmrPmtStsRpt' };
  const statuses: OrderStatus[] = [];
  for (const report of reports) {
    if (!NAMESPACE.test(report.namespace))
      return { ok: false, reason: `a report of the file is in the namespace ${named(report)}: no pain.002` };
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
  return [...node.children.values()].flat().flatMap(reportsOf);
}

function named({ namespace }: XmlNode): string {
  return namespace === '' ? '(none)' : namespace.slice(0, 100);
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
    .slice(0, MOST_REASONS)
    .map(reasonOf)
    .filter((reason) => reason !== '');
  const isKnown = Object.hasOwn(VERDICTS, code);
  return {
    verdict: isKnown ? (VERDICTS[code] ?? 'unknown') : 'unknown',
    code: code.slice(0, 35),
    reasons,
  };
}

/** Code and words: `AC01 account number is wrong`. */
function reasonOf(info: XmlNode): string {
  const code = textOf(info, 'Rsn', 'Cd') ?? textOf(info, 'Rsn', 'Prtry');
  const words = childrenOf(info, 'AddtlInf')
    .slice(0, MOST_REASONS)
    .map((more) => more.text);
  return [code, ...words]
    .filter((part) => part !== null && part !== '')
    .join(' ')
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300);
}
