// Transfers of channels: against what a postpaid one owes, into the float of a prefunded one.

import type { Actor } from '../../access/index.ts';
import { lockChannels, topUpIn } from '../../channels/index.ts';
import { showId } from '../../kernel/ids.ts';
import { money } from '../../kernel/money.ts';
import { accountOf, type Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { ChannelTransfer, Received } from '../position/index.ts';
import { bookLine } from './book-line.ts';
import { lineBreak } from './line-break.ts';
import type { Planned } from './plan-lot.ts';
import type { LotNotes } from './lot-notes.ts';
import { findTopUpTold, topUpJournal } from './store-placed.ts';
import type { WaitingLine } from './waiting-line.ts';

/** As the audit log knows what a statement does by itself. */
export const STATEMENT: Actor = { name: 'statement', origin: 'worker' };

/** `line` may be the transfer, or the bank's taking it back. */
export function transferOf(line: WaitingLine, channelId: number, at: Date): ChannelTransfer {
  const { accountId, amountMinor, currency, statementId } = line;
  if (accountId === null) throw new Error('a channel pays into an account of the operator');
  const minor = amountMinor < 0n ? -amountMinor : amountMinor;
  return { channelId, accountId, money: money(minor, currency), statementId, line: line.line, at };
}

export function noteReceived(
  line: WaitingLine,
  channelId: number,
  received: Received | undefined,
  as: { outcome: 'channel' | 'reversed'; subjectId?: string; subjectLine?: number },
  notes: LotNotes,
): void {
  if (received === undefined) throw new Error('a transfer was not answered');
  if (!received.ok)
    return notes.open(line, lineBreak(line, 'unplaced-line', { why: received.reason, channelId }));
  const { outcome, subjectId = null, subjectLine = null } = as;
  const parts = received.value.parts.map(({ billerId, amountMinor, journalId }, at) => ({
    kind: outcome === 'reversed' && at === 0 ? 'takes-back' : 'channel',
    billerId,
    channelId,
    amountMinor,
    journalId,
    ...(at === 0 && { subjectId, subjectLine }),
  }));
  notes.place(line, outcome, ...parts);
}

/** A top-up that persons have made of the same money is proved by the line: the float does not rise again. Locks the channel. */
export async function topUp(
  tx: Tx,
  { line, plan }: Planned<'top-up'>,
  entries: Entries,
  notes: LotNotes,
  actor: Actor = STATEMENT,
): Promise<void> {
  const { accountId, amountMinor, currency, statementId } = line;
  const { code, channelId } = plan.channel;
  const reference = `${showId('stm', statementId)}:${line.line}`;
  const source = { reference, accountId: accountId ?? 0 };
  await lockChannels(tx, [channelId]);
  const told = await findTopUpTold(tx, channelId, line, notes.subjectsOf('top-up'));
  if (told !== undefined) {
    const account = accountOf('bank', told.accountId, currency);
    const journalId =
      told.accountId === accountId
        ? told.journalId
        : bookLine(line, { kind: 'top-up', against: account, at: notes.at }, entries);
    return notes.place(line, 'top-up', { kind: 'top-up', channelId, journalId, subjectId: told.journalId });
  }
  const outcome = await topUpIn(tx, code, money(amountMinor, currency), source, actor);
  if (!outcome.ok)
    return notes.open(line, lineBreak(line, 'unplaced-line', { why: outcome.reason, channel: code }));
  const journalId = await topUpJournal(tx, channelId, reference);
  notes.place(line, 'top-up', { kind: 'top-up', channelId, journalId, subjectId: journalId });
}
