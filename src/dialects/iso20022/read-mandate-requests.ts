// Requests for mandates, pain.009, as a bank reads them: the other side of mandate-request-writer.ts, for banks that are
// played. On which days debits fall is not read: of several days the message says only how many they are.

import type { MandateRequest, MandateRequestFile } from '../../mandates/debits/index.ts';
import { XmlFault } from './guarded-xml.ts';
import {
  readHead,
  readMoney,
  readParty,
  readSchemeId,
  readSequence,
  readUltimateCreditor,
  wantedText,
} from './read-order-parts.ts';
import { readXmlAs } from './read-xml.ts';
import { childOf, textOf, type XmlNode } from './xml-node.ts';

export type HeardRequest = Omit<MandateRequest, 'collectOnDays'>;

export interface HeardRequests extends Omit<MandateRequestFile, 'requests'> {
  readonly requests: readonly [HeardRequest, ...HeardRequest[]];
}

export type ReadMandateRequests =
  { readonly ok: true; readonly file: HeardRequests } | { readonly ok: false; readonly reason: string };

const LARGEST_BYTES = 32 * 1024 * 1024;

export function readMandateRequests(bytes: Buffer): Promise<ReadMandateRequests> {
  const requests: HeardRequest[] = [];
  return readXmlAs(bytes, LARGEST_BYTES, {
    isKept(node, around) {
      if (node.name !== 'Mndt' || around.at(-1)?.name !== 'MndtInitnReq') return true;
      requests.push(requestOf(node));
      return false;
    },
    make: (root) => fileOf(root, requests),
  });
}

function fileOf(root: XmlNode, requests: readonly HeardRequest[]): HeardRequests {
  const message = childOf(root, 'Document', 'MndtInitnReq');
  if (message === undefined) throw new XmlFault('the file is no request for mandates (pain.009)');
  const [first, ...rest] = requests;
  if (first === undefined) throw new XmlFault('the file asks for no mandate');
  return {
    ...readHead(message),
    sender: wantedText(message, 'GrpHdr', 'InitgPty', 'Nm'),
    requests: [first, ...rest],
  };
}

function requestOf(node: XmlNode): HeardRequest {
  const occurs = childOf(node, 'Ocrncs');
  return {
    requestId: wantedText(node, 'MndtReqId'),
    mandateReference: wantedText(node, 'MndtId'),
    sequence: readSequence(occurs, 'SeqTp'),
    validFrom: wantedText(occurs, 'Drtn', 'FrDt'),
    validUntil: textOf(occurs, 'Drtn', 'ToDt'),
    firstCollectionOn: textOf(occurs, 'FrstColltnDt'),
    finalCollectionOn: textOf(occurs, 'FnlColltnDt'),
    perDebit: readMoney(node, 'MaxAmt'),
    signedOn: textOf(node, 'Authntcn', 'Dt'),
    creditor: readParty(node, 'Cdtr'),
    ultimateCreditor: readUltimateCreditor(node),
    creditorSchemeId: readSchemeId(node),
    debtor: readParty(node, 'Dbtr'),
  };
}
