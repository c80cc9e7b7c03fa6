// What stands in a pain.002, as values: codes of status with their reasons, of the group, of a payment block, of a
// transaction.

import type { OrderStatus, Standing, TransactionStanding, Verdict } from '../../orders/index.ts';
import { childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';

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

/** Elements of a report that are read, or that hold one that is; the others need not be kept. */
export const READ: ReadonlySet<string> = new Set([
  'GrpHdr',
  'MsgId',
  'OrgnlGrpInfAndSts',
  'OrgnlMsgId',
  'GrpSts',
  'OrgnlPmtInfId',
  'PmtInfSts',
  'OrgnlEndToEndId',
  'TxSts',
  'StsRsnInf',
  'Rsn',
  'Cd',
  'Prtry',
  'AddtlInf',
]);

export type Payment = OrderStatus['payments'][number];

/** A text: why the report is not read. `payments`: what it says of blocks. */
export function statusOf(report: XmlNode, payments: readonly Payment[]): OrderStatus | string {
  if (!NAMESPACE.test(report.namespace))
    return `a report of the file is in the namespace ${named(report)}: no pain.002`;
  const messageId = textOf(report, 'GrpHdr', 'MsgId');
  const orderMessageId = textOf(report, 'OrgnlGrpInfAndSts', 'OrgnlMsgId');
  if (messageId === null || orderMessageId === null)
    return 'a report of the file does not say its own or the original message id';
  const whole = standingOf(childOf(report, 'OrgnlGrpInfAndSts'), 'GrpSts');
  return { messageId, orderMessageId, whole, payments };
}

function named({ namespace }: XmlNode): string {
  return namespace === '' ? '(none)' : namespace.slice(0, 100);
}

export function paymentOf(payment: XmlNode, transactions: readonly TransactionStanding[]): Payment {
  return {
    paymentId: textOf(payment, 'OrgnlPmtInfId'),
    whole: standingOf(payment, 'PmtInfSts'),
    transactions,
  };
}

/** null: it is only named, without a status, and says nothing of its own. */
export function transactionOf(transaction: XmlNode): TransactionStanding | null {
  const standing = standingOf(transaction, 'TxSts');
  return standing && { endToEndId: textOf(transaction, 'OrgnlEndToEndId'), standing };
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
