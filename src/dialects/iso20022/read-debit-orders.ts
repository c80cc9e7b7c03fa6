// Debit orders, pain.008, as a bank reads them: the other side of debit-writer.ts, for banks that are played. Of one payment
// block. Each debit is taken as it closes, so that a file of ten thousand is held as its debits alone.

import type { DebitOrderFile, FiledDebit } from '../../mandates/debits/index.ts';
import { XmlFault } from './guarded-xml.ts';
import {
  checkSums,
  readHead,
  readMoney,
  readParty,
  readSchemeId,
  readSequence,
  readUltimateCreditor,
  wantedText,
} from './read-order-parts.ts';
import { readXmlAs } from './read-xml.ts';
import { childOf, childrenOf, type XmlNode } from './xml-node.ts';

export type ReadDebitOrders =
  { readonly ok: true; readonly file: DebitOrderFile } | { readonly ok: false; readonly reason: string };

const LARGEST_BYTES = 32 * 1024 * 1024;

export function readDebitOrders(bytes: Buffer): Promise<ReadDebitOrders> {
  const debits: FiledDebit[] = [];
  return readXmlAs(bytes, LARGEST_BYTES, {
    isKept(node) {
      if (node.name !== 'DrctDbtTxInf') return true;
      debits.push(debitOf(node));
      return false;
    },
    make: (root) => fileOf(root, debits),
  });
}

function fileOf(root: XmlNode, debits: readonly FiledDebit[]): DebitOrderFile {
  const message = childOf(root, 'Document', 'CstmrDrctDbtInitn');
  if (message === undefined) throw new XmlFault('the file is no debit order (pain.008)');
  const [payment, ...others] = childrenOf(message, 'PmtInf');
  const [first, ...rest] = debits;
  if (first === undefined || payment === undefined || others.length > 0)
    throw new XmlFault('the file is not of one payment block with debits');
  const amounts = debits.map(({ amount }) => amount);
  checkSums(childOf(message, 'GrpHdr'), amounts);
  checkSums(payment, amounts);
  return {
    ...readHead(message),
    creditor: readParty(payment, 'Cdtr'),
    ultimateCreditor: readUltimateCreditor(payment),
    creditorSchemeId: readSchemeId(payment),
    collectOn: wantedText(payment, 'ReqdColltnDt'),
    sequence: readSequence(payment, 'PmtTpInf', 'SeqTp'),
    debits: [first, ...rest],
  };
}

function debitOf(node: XmlNode): FiledDebit {
  return {
    endToEndId: wantedText(node, 'PmtId', 'EndToEndId'),
    mandateReference: wantedText(node, 'DrctDbtTx', 'MndtRltdInf', 'MndtId'),
    signedOn: wantedText(node, 'DrctDbtTx', 'MndtRltdInf', 'DtOfSgntr'),
    amount: readMoney(node, 'InstdAmt'),
    debtor: readParty(node, 'Dbtr'),
    text: wantedText(node, 'RmtInf', 'Ustrd'),
  };
}
