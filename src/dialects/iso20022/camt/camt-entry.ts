// A booking (Ntry) as the lines that it stands for: one, or one for each of its transactions where they add up to it.

import { StatementFault, type StatementForm, type StatementLine } from '../../../reconciliation/index.ts';
import { idText, joinTexts } from '../../statements/clean-text.ts';
import { childOf, childrenOf, textOf, type XmlNode } from '../xml-node.ts';
import { otherSide } from './camt-party.ts';
import { shareOut } from './camt-shares.ts';
import type { Transaction } from './camt-transaction.ts';
import { readAmount, readCode, readDay, readIsCredit } from './camt-values.ts';

export interface EntryPlace {
  readonly number: number;
  readonly place: string;
  readonly account: string;
  readonly currency: string;
  readonly form: StatementForm;
}

export interface Entry {
  /** Signed. */
  readonly minor: bigint;
  readonly isCredit: boolean;
  readonly isBooked: boolean;
  readonly lines: readonly StatementLine[];
}

type Common = Omit<StatementLine, 'minor' | 'messageId' | 'paymentInfoId' | 'text'>;

/** Refuses (StatementFault) an entry in another currency, without a sign or a day, or of a standing nobody knows. */
export function readEntry(node: XmlNode, transactions: readonly Transaction[], at: EntryPlace): Entry {
  const { place, currency } = at;
  const amount = readAmount(childOf(node, 'Amt'), currency, place);
  const isCredit = readIsCredit(node, place);
  if (isCredit === null) throw new StatementFault(place, 'it is neither CRDT nor DBIT');
  const minor = isCredit ? amount : -amount;
  if (!readIsBooked(node, at)) return { minor, isCredit, isBooked: false, lines: [] };
  const common = commonOf(node, at);
  const [only] = transactions;
  if (transactions.length === 1 && only !== undefined)
    return entryOf([lineOf(node, common, only, minor, at)]);
  const shares = shareOut(transactions, childrenOf(node, 'Chrgs'), minor, at);
  if (shares === undefined) return entryOf([wholeOf(node, common, transactions, minor, place)]);
  const part = { ...common, sumReference: common.bankReference };
  const lines = transactions.map((transaction, index) =>
    lineOf(node, part, transaction, shares.each[index] ?? 0n, at),
  );
  if (shares.charges !== 0n)
    lines.push({ ...wholeOf(node, part, [], shares.charges, place), code: 'CHRG', endToEndId: null });
  return entryOf(lines);

  function entryOf(lines: StatementLine[]): Entry {
    return { minor, isCredit: isCredit === true, isBooked: true, lines };
  }
}

/** EntryStatus1Code: what is pending or for information is no booking. Version 8 has it one level down. */
function readIsBooked(node: XmlNode, { place, form }: EntryPlace): boolean {
  const status = textOf(node, 'Sts', 'Cd') ?? textOf(node, 'Sts', 'Prtry') ?? textOf(node, 'Sts');
  if (status === 'BOOK' || (status === null && form === 'statement')) return true;
  if (status === 'PDNG' || status === 'INFO' || status === 'FUTR') return false;
  throw new StatementFault(
    place,
    status === null
      ? 'it does not say whether it is booked (Sts)'
      : `its status is ${JSON.stringify(status.slice(0, 40))}`,
  );
}

function commonOf(node: XmlNode, { number, place }: EntryPlace): Common {
  const valued = readDay(childOf(node, 'ValDt'), place);
  const booked = readDay(childOf(node, 'BookgDt'), place) ?? valued;
  if (booked === null) throw new StatementFault(place, 'it says no day of booking');
  const reversal = textOf(node, 'RvslInd');
  return {
    entry: number,
    bookedOn: booked.on,
    bookedAt: booked.at,
    valuedOn: valued?.on ?? null,
    isReversal: reversal === 'true' || reversal === '1',
    bankReference: idText(textOf(node, 'AcctSvcrRef'), place),
    sumReference: null,
    endToEndId: null,
    code: readCode(node),
    returnReason: null,
    counterparty: null,
    counterpartyAccount: null,
    place,
  };
}

function lineOf(
  node: XmlNode,
  common: Common,
  transaction: Transaction,
  minor: bigint,
  { account }: EntryPlace,
): StatementLine {
  const isUndone = common.isReversal || transaction.returnReason !== null;
  const other = otherSide(transaction.parties, minor >= 0n, isUndone, account);
  const more = textOf(node, 'AddtlNtryInf');
  // Written out, since a copy with changes takes ten times as long, for each of a million lines.
  return {
    entry: common.entry,
    minor,
    bookedOn: common.bookedOn,
    bookedAt: common.bookedAt,
    valuedOn: common.valuedOn,
    isReversal: common.isReversal,
    bankReference: transaction.bankReference ?? common.bankReference,
    sumReference: transaction.bankReference === null ? common.sumReference : common.bankReference,
    endToEndId: transaction.endToEndId,
    messageId: transaction.messageId,
    paymentInfoId: transaction.paymentInfoId,
    code: transaction.code ?? common.code,
    returnReason: transaction.returnReason,
    counterparty: other.name,
    counterpartyAccount: other.account,
    text: more === null ? transaction.text : joinTexts([...transaction.text.split('\n'), more]),
    place: common.place,
  };
}

/** The booking in one line, whatever it was made of: the batch's references, and all texts. */
function wholeOf(
  node: XmlNode,
  common: Common,
  transactions: readonly Transaction[],
  minor: bigint,
  place: string,
): StatementLine {
  const batch = childOf(node, 'NtryDtls', 'Btch');
  return {
    ...common,
    minor,
    messageId: idText(textOf(batch, 'MsgId'), place) ?? sameOf(transactions, 'messageId'),
    paymentInfoId: idText(textOf(batch, 'PmtInfId'), place) ?? sameOf(transactions, 'paymentInfoId'),
    text: joinTexts([...transactions.flatMap(({ text }) => text.split('\n')), textOf(node, 'AddtlNtryInf')]),
  };
}

function sameOf(transactions: readonly Transaction[], name: 'messageId' | 'paymentInfoId'): string | null {
  const said = transactions[0]?.[name] ?? null;
  return transactions.every((transaction) => transaction[name] === said) ? said : null;
}
