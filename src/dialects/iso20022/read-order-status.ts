// The bank's answer to an order, pain.002 (customer payment status report), versions 001.03 to .12 alike: elements are
// known by their local names. What is said of the group, of a payment block and of transactions is kept apart; who acts
// on it takes the most particular. Each transaction is read when it closes and forgotten: the tree of an answer about
// ten thousand would take ten times its bytes.

import {
  LARGEST_ANSWER_BYTES,
  type OrderStatus,
  type ReadStatus,
  type TransactionStanding,
} from '../../orders/index.ts';
import { readXml } from './read-xml.ts';
import { paymentOf, READ, statusOf, transactionOf, type Payment } from './status-report.ts';
import type { XmlNode } from './xml-node.ts';

const REPORT = 'CstmrPmtStsRpt';
const PAYMENT = 'OrgnlPmtInfAndSts';
const TRANSACTION = 'TxInfAndSts';

export async function readOrderStatus(bytes: Buffer): Promise<ReadStatus> {
  const answer = new Answer();
  const read = await readXml(bytes, LARGEST_ANSWER_BYTES, (node, around) => answer.isKept(node, around));
  if (!read.ok) return read;
  return answer.end();
}

/** Several reports may stand in an envelope of the bank's. */
class Answer {
  readonly #statuses: OrderStatus[] = [];
  #payments: Payment[] = [];
  #transactions: TransactionStanding[] = [];
  /** The first. */
  #fault: string | undefined;

  /** Takes what closes. What remains is the leaves of what is still open. */
  isKept(node: XmlNode, around: readonly XmlNode[]): boolean {
    const at = around.findIndex(({ name }) => name === REPORT);
    const depth = at < 0 ? 0 : around.length - at;
    if (depth === 0) {
      if (node.name === REPORT) this.#takeReport(node);
    } else if (depth === 1 && node.name === PAYMENT) {
      this.#payments.push(paymentOf(node, this.#transactions));
      this.#transactions = [];
    } else if (depth === 2 && node.name === TRANSACTION && around.at(-1)?.name === PAYMENT) {
      const transaction = transactionOf(node);
      if (transaction !== null) this.#transactions.push(transaction);
    } else return READ.has(node.name);
    return false;
  }

  end(): ReadStatus {
    if (this.#fault !== undefined) return { ok: false, reason: this.#fault };
    if (this.#statuses.length === 0)
      return { ok: false, reason: `the file is no payment status report (pain.002): it has no ${REPORT}` };
    return { ok: true, statuses: this.#statuses };
  }

  #takeReport(report: XmlNode): void {
    const status = statusOf(report, this.#payments);
    this.#payments = [];
    if (typeof status === 'string') this.#fault ??= status;
    else this.#statuses.push(status);
  }
}
