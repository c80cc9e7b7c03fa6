// A transaction inside an entry (TxDtls), kept small until its entry closes: only then it is known whether the
// transactions add up to it.

import { codeText, idText, joinTexts } from '../../statements/clean-text.ts';
import { childOf, childrenOf, textOf, type XmlNode } from '../xml-node.ts';
import { readParties, type Parties } from './camt-party.ts';
import { readCode, readIsCredit } from './camt-values.ts';

export interface Transaction {
  /** Of the booking, of the transaction, instructed: as the bank writes them, each with its currency. */
  readonly amounts: readonly XmlNode[];
  readonly isCredit: boolean | null;
  readonly charges: readonly XmlNode[];
  readonly parties: Parties;
  readonly bankReference: string | null;
  readonly endToEndId: string | null;
  readonly messageId: string | null;
  readonly paymentInfoId: string | null;
  readonly code: string | null;
  readonly returnReason: string | null;
  readonly text: string;
}

/** `details`: the NtryDtls around it, whose batch it belongs to. */
export function readTransaction(node: XmlNode, details: XmlNode, place: string): Transaction {
  const refs = childOf(node, 'Refs');
  const id = (name: string): string | null => idText(textOf(refs, name), place);
  const amounts = [
    childOf(node, 'Amt'),
    childOf(node, 'AmtDtls', 'TxAmt', 'Amt'),
    childOf(node, 'AmtDtls', 'InstdAmt', 'Amt'),
  ];
  return {
    amounts: amounts.filter((amount) => amount !== undefined),
    isCredit: readIsCredit(node, place),
    charges: childrenOf(node, 'Chrgs'),
    parties: readParties(node, place),
    bankReference: id('AcctSvcrRef'),
    endToEndId: id('EndToEndId'),
    messageId: id('MsgId') ?? idText(textOf(details, 'Btch', 'MsgId'), place),
    paymentInfoId: id('PmtInfId') ?? idText(textOf(details, 'Btch', 'PmtInfId'), place),
    code: readCode(node),
    returnReason: codeText(textOf(node, 'RtrInf', 'Rsn', 'Cd') ?? textOf(node, 'RtrInf', 'Rsn', 'Prtry')),
    text: textOfTransaction(node, refs),
  };
}

function textOfTransaction(node: XmlNode, refs: XmlNode | undefined): string {
  const remittance = childOf(node, 'RmtInf');
  const structured = childrenOf(remittance, 'Strd');
  return joinTexts(
    [
      ...childrenOf(remittance, 'Ustrd').map(({ text }) => text),
      ...structured.flatMap((each) => [
        textOf(each, 'CdtrRefInf', 'Ref'),
        ...childrenOf(each, 'RfrdDocInf').map((document) => textOf(document, 'Nb')),
        ...childrenOf(each, 'AddtlRmtInf').map(({ text }) => text),
      ]),
      textOf(node, 'AddtlTxInf'),
      ...childrenOf(childOf(node, 'RtrInf'), 'AddtlInf').map(({ text }) => text),
      ...['InstrId', 'TxId', 'MndtId', 'ChqNb'].map((name) => textOf(refs, name)),
    ].filter((text) => !/^NOTPROVIDED$/i.test(text ?? '')),
  );
}
