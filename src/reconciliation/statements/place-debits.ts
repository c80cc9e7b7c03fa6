// Debits whose money lines show, or that a bank took back: the bank's word is noted, from which payments follow (mandates/
// booking), and the money is the debtor's bank's, as a transfer of its channel is.

import type { Entries } from '../../ledger/index.ts';
import { noteWords, type DebitWord, type WordVerdict } from '../../mandates/debits/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { receiveFromChannels, takeBackFromChannel, type Received } from '../position/index.ts';
import type { DebitFact } from './facts.ts';
import { lineBreak } from './line-break.ts';
import type { LotNotes } from './lot-notes.ts';
import { provedBy } from './place-remittances.ts';
import { noteReceived, transferOf } from './place-transfers.ts';
import type { Planned } from './plan-lot.ts';
import type { WaitingLine } from './waiting-line.ts';

/** Transfers of channels and the money of debits. Locks as `receiveFromChannels`, of which there is one call in a lot. */
export async function receiveMoney(
  tx: Tx,
  channels: readonly Planned<'channel'>[],
  debits: readonly Planned<'debit'>[],
  entries: Entries,
  notes: LotNotes,
): Promise<void> {
  if (channels.length + debits.length === 0) return;
  const of = [
    ...channels.map(({ line, plan }) => ({ line, channelId: plan.channel.channelId })),
    ...debits.map(({ line, plan }) => ({ line, channelId: plan.debit.channelId })),
  ];
  const transfers = of.map(({ line, channelId }) => transferOf(line, channelId, notes.at));
  const received = await receiveFromChannels(tx, transfers, entries);
  channels.forEach(({ line, plan }, at) =>
    noteReceived(line, plan.channel.channelId, received[at], { outcome: 'channel' }, notes),
  );
  debits.forEach(({ line, plan }, at) =>
    noteMoney(line, plan.debit, { received: received[channels.length + at], outcome: 'debit' }, notes),
  );
}

/** Below zero for their bank: what it had paid is owed again. */
export async function takeBackDebits(
  tx: Tx,
  planned: readonly Planned<'debit-returned'>[],
  entries: Entries,
  notes: LotNotes,
): Promise<void> {
  for (const { line, plan } of planned) {
    const received = await takeBackFromChannel(tx, transferOf(line, plan.debit.channelId, notes.at), entries);
    noteMoney(line, plan.debit, { received, outcome: 'debit-returned' }, notes);
  }
}

interface Moved {
  readonly received: Received | undefined;
  readonly outcome: 'debit' | 'debit-returned';
}

/** The debit itself is named beside the journals, which are in the books of those whose debts the money has paid. */
function noteMoney(line: WaitingLine, debit: DebitFact, { received, outcome }: Moved, notes: LotNotes): void {
  const { billerId, channelId, debitId, endToEndId } = debit;
  if (received === undefined) throw new Error('a debit was not answered');
  if (!received.ok)
    return notes.open(line, lineBreak(line, 'unplaced-line', { why: received.reason, endToEndId, debitId }));
  notes.place(
    line,
    outcome,
    { kind: outcome, billerId, channelId, subjectId: debitId },
    ...received.value.parts.map(({ billerId, amountMinor, journalId }) => {
      return { kind: 'channel', billerId, channelId, amountMinor, journalId };
    }),
  );
}

/**
 * Also of those whose money a channel cannot take: the bank has said it. Locks the debits: after channels, before balances. What came and went in the same lot is noted in that order. Throws when
 * the bank has said the contrary meanwhile: the lot is tried again.
 */
export async function noteDebitWords(
  tx: Tx,
  credited: readonly Planned<'debit'>[],
  returned: readonly Planned<'debit-returned'>[],
  at: Date,
): Promise<void> {
  await note(
    tx,
    credited.map(({ line, plan }) => wordOf(line, plan.debit, 'settled')),
    at,
  );
  const words = returned.map(({ line, plan }) => wordOf(line, plan.debit, 'returned'));
  await note(tx, words, new Date(at.getTime() + 1));
}

async function note(tx: Tx, words: readonly DebitWord[], at: Date): Promise<void> {
  if (words.length === 0) return;
  const noted = await noteWords(tx, words, at);
  if (noted.includes('conflict')) throw new Error('a bank has contradicted what a line says of a debit');
}

export function wordOf(
  line: WaitingLine,
  { billerId, debitId }: Pick<DebitFact, 'billerId' | 'debitId'>,
  verdict: WordVerdict & ('settled' | 'returned'),
): DebitWord {
  const isBack = verdict === 'returned';
  return {
    billerId,
    debitId,
    verdict,
    code: isBack ? line.returnReason : null,
    text: isBack && line.text !== '' ? line.text : null,
    bankReference: line.bankReference,
    source: provedBy(line),
  };
}
