// Requests for mandates as pain.009.001.05 (mandate initiation request), several in one message to one bank. The same
// file gives the same bytes. What the message has no element for, such as a ceiling per month, is not squeezed in.

import type {
  MandateRequest,
  MandateRequestFile,
  MandateRequestWriter,
} from '../../mandates/debits/index.ts';
import { documentPieces } from './document-pieces.ts';
import { codeElement, element, textElement } from './element.ts';
import { amountElement, dateElement, idElement, instantElement } from './order-parts.ts';
import {
  accountOf,
  agentOf,
  creditorFault,
  nameOf,
  partyFault,
  schemeIdOf,
  ultimateCreditorOf,
} from './party.ts';

const LONGEST_NAME = 140;
/** BICFIIdentifier as ISO 9362 had it before 2014. */
const OLDER_BIC = /^[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?$/;

export const mandateRequestWriter: MandateRequestWriter = { pieces, faultOf: partyFault, creditorFault };

function pieces(file: MandateRequestFile): Iterable<Buffer> {
  const head = element('GrpHdr', [
    idElement('MsgId', file.messageId),
    instantElement('CreDtTm', file.createdAt),
    element('InitgPty', [textElement('Nm', file.sender, LONGEST_NAME)]),
  ]);
  for (const request of file.requests) requestOf(request);
  return documentPieces('pain.009.001.05', parts(head, file));
}

function* parts(head: string, { requests }: MandateRequestFile): Generator<string, void> {
  yield `<MndtInitnReq>${head}`;
  for (const request of requests) yield requestOf(request);
  yield '</MndtInitnReq>';
}

/** VARI: what a debit takes is not known beforehand. A ceiling of nothing is no ceiling and is refused. */
function requestOf(request: MandateRequest): string {
  const { creditor, ultimateCreditor, creditorSchemeId, debtor, perDebit, signedOn } = request;
  if (perDebit.minor <= 0n) throw new RangeError('the ceiling of a mandate is more than zero');
  return element('Mndt', [
    idElement('MndtId', request.mandateReference),
    idElement('MndtReqId', request.requestId),
    signedOn === null ? undefined : element('Authntcn', [dateElement('Dt', signedOn)]),
    '<Tp><Clssfctn><Cd>VARI</Cd></Clssfctn></Tp>',
    occurrencesOf(request),
    '<TrckgInd>false</TrckgInd>',
    amountElement('MaxAmt', perDebit),
    creditorSchemeId === null ? undefined : schemeIdOf('CdtrSchmeId', creditorSchemeId),
    nameOf('Cdtr', creditor),
    accountOf('CdtrAcct', creditor),
    agentOf('CdtrAgt', creditor, false, OLDER_BIC),
    ultimateCreditorOf(ultimateCreditor),
    nameOf('Dbtr', debtor),
    accountOf('DbtrAcct', debtor),
    agentOf('DbtrAgt', debtor, true, OLDER_BIC),
  ]);
}

function occurrencesOf(request: MandateRequest): string {
  const { validFrom, validUntil, firstCollectionOn, finalCollectionOn } = request;
  return element('Ocrncs', [
    codeElement('SeqTp', request.sequence, /^(?:RCUR|OOFF)$/),
    element('Frqcy', [frequencyOf(request.collectOnDays)]),
    element('Drtn', [
      dateElement('FrDt', validFrom),
      validUntil === null ? undefined : dateElement('ToDt', validUntil),
    ]),
    firstCollectionOn === null ? undefined : dateElement('FrstColltnDt', firstCollectionOn),
    finalCollectionOn === null ? undefined : dateElement('FnlColltnDt', finalCollectionOn),
  ]);
}

/** One day of the month is said by its number, several only by how many they are; ADHO: when something is due. */
function frequencyOf(days: readonly number[]): string {
  const [day] = days;
  if (days.some((each) => !Number.isInteger(each) || each < 1 || each > 31))
    throw new RangeError('a day of the month is from 1 to 31');
  if (day === undefined) return '<Tp>ADHO</Tp>';
  if (days.length === 1)
    return `<PtInTm><Tp>MNTH</Tp><PtInTm>${String(day).padStart(2, '0')}</PtInTm></PtInTm>`;
  return `<Prd><Tp>MNTH</Tp><CntPerPrd>${days.length}</CntPerPrd></Prd>`;
}
