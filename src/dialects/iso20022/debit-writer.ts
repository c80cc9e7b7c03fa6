// Debit orders as pain.008.001.08 (customer direct debit initiation). The same file gives the same bytes: there is
// nothing of now in them. One payment block a file: one creditor account, collection date and sequence.

import type { DebitFileWriter, DebitOrderFile, FiledDebit } from '../../mandates/debits/index.ts';
import { paymentIdOf } from '../../orders/index.ts';
import { documentPieces } from './document-pieces.ts';
import { codeElement, element, textElement } from './element.ts';
import { amountElement, dateElement, idElement, instantElement, sumElements } from './order-parts.ts';
import {
  accountOf,
  agentOf,
  creditorFault,
  nameOf,
  partyFault,
  schemeIdOf,
  ultimateCreditorOf,
} from './party.ts';

const LONGEST_TEXT = 140;

export const debitWriter: DebitFileWriter = { pieces, faultOf: partyFault, creditorFault };

/** What is wrong with a debit is found before anything is written: a file that breaks off is half a file on disk. */
function pieces(file: DebitOrderFile): Iterable<Buffer> {
  const head = headOf(file);
  refuseTwice(file.debits);
  for (const debit of file.debits) debitOf(debit);
  return documentPieces('pain.008.001.08', parts(head, file));
}

function* parts(head: string, { debits }: DebitOrderFile): Generator<string, void> {
  yield head;
  for (const debit of debits) yield debitOf(debit);
  yield '</PmtInf></CstmrDrctDbtInitn>';
}

function headOf(file: DebitOrderFile): string {
  const sums = sumElements(file.debits.map(({ amount }) => amount));
  const header = element('GrpHdr', [
    idElement('MsgId', file.messageId),
    instantElement('CreDtTm', file.createdAt),
    ...sums,
    nameOf('InitgPty', file.creditor),
  ]);
  return `<CstmrDrctDbtInitn>${header}<PmtInf>${paymentOf(file, sums)}`;
}

/**
 * One entry on the statement for each debit (BtchBookg false): each is proved by its own end-to-end id. Charges as the
 * scheme has them (SLEV): the payer's bank takes from him what he was told.
 */
function paymentOf(file: DebitOrderFile, sums: readonly string[]): string {
  const { creditor, ultimateCreditor, creditorSchemeId, debits } = file;
  return [
    idElement('PmtInfId', paymentIdOf(file.messageId)),
    '<PmtMtd>DD</PmtMtd>',
    '<BtchBookg>false</BtchBookg>',
    ...sums,
    element('PmtTpInf', [codeElement('SeqTp', file.sequence, /^(?:RCUR|OOFF)$/)]),
    dateElement('ReqdColltnDt', file.collectOn),
    nameOf('Cdtr', creditor),
    accountOf('CdtrAcct', creditor, debits[0].amount.currency),
    agentOf('CdtrAgt', creditor, true),
    ultimateCreditorOf(ultimateCreditor),
    '<ChrgBr>SLEV</ChrgBr>',
    creditorSchemeId === null ? '' : schemeIdOf('CdtrSchmeId', creditorSchemeId),
  ].join('');
}

function debitOf(debit: FiledDebit): string {
  const { endToEndId, debtor } = debit;
  return element('DrctDbtTxInf', [
    element('PmtId', [idElement('InstrId', endToEndId), idElement('EndToEndId', endToEndId)]),
    amountElement('InstdAmt', debit.amount),
    element('DrctDbtTx', [
      element('MndtRltdInf', [
        idElement('MndtId', debit.mandateReference),
        dateElement('DtOfSgntr', debit.signedOn),
      ]),
    ]),
    agentOf('DbtrAgt', debtor, true),
    nameOf('Dbtr', debtor),
    accountOf('DbtrAcct', debtor),
    element('RmtInf', [textElement('Ustrd', debit.text, LONGEST_TEXT)]),
  ]);
}

/** The bank's answer names debits by this id alone. */
function refuseTwice(debits: readonly FiledDebit[]): void {
  const seen = new Set<string>();
  for (const { endToEndId } of debits) {
    if (seen.has(endToEndId)) throw new RangeError(`${endToEndId} stands twice in the file`);
    seen.add(endToEndId);
  }
}
