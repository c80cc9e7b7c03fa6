// A bank that credits a file of debits as one total credits all of them. They may be ten thousand, so what follows for each
// is noted in several short transactions, and the money is booked in the last, for each debtor's bank its part.

import { Entries, recordEntries } from '../../ledger/index.ts';
import { noteWords } from '../../mandates/debits/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { businessNow, LANE } from '../../settlement/remittances/index.ts';
import { openBreaks } from '../breaks/index.ts';
import { receiveFromChannels } from '../position/index.ts';
import type { DebitFileFact } from './facts.ts';
import { lineBreak } from './line-break.ts';
import { LotNotes } from './lot-notes.ts';
import { wordOf } from './place-debits.ts';
import { proveTotal } from './prove-total.ts';
import { transferOf } from './place-transfers.ts';
import { debitTotal } from './plan-debit.ts';
import { debitFilesNamed, liveDebits, type CreditedDebit } from './store-debits.ts';
import { lockLot } from './store-lot.ts';
import { lockLinesOf } from './store-sift.ts';
import { keyOf, type WaitingLine } from './waiting-line.ts';

const LOT_DEBITS = 1_000;
/** No file has more (mandates/sending). */
const MOST_OF_FILE = 10_000;

/** Nothing happens to a line that has been placed meanwhile. */
export async function creditDebits(database: Database, line: WaitingLine, messageId: string): Promise<void> {
  while (await database.transaction((tx) => creditSome(tx, line, messageId)));
}

/** Whether there is more to do. */
async function creditSome(tx: Tx, line: WaitingLine, messageId: string): Promise<boolean> {
  await lockLinesOf(tx, line);
  const [waiting] = await lockLot(tx, line.statementId, line.line - 1, 1);
  if (waiting === undefined || keyOf(waiting) !== keyOf(line)) return false;
  const file = (await debitFilesNamed(tx, [messageId])).get(messageId);
  const plan = file && debitTotal(line, file);
  if (file === undefined || plan === undefined || plan.kind === 'wait') return false;
  const notes = new LotNotes(line.statementId, await businessNow(tx));
  const entries = new Entries();
  if (plan.kind === 'break') notes.open(line, lineBreak(line, plan.breakKind, plan.ours));
  else if (await noteSome(tx, line, file, notes.at)) return true;
  else if (file.billerId !== null)
    await proveTotal(tx, { ...line, billerId: file.billerId }, file, entries, notes);
  else await bookTotal(tx, line, file, entries, notes);
  await openBreaks(tx, notes.breaks, notes.at);
  await notes.write(tx);
  await recordEntries(tx, entries, LANE);
  return false;
}

/** False: the bank has spoken of all of them. */
async function noteSome(tx: Tx, line: WaitingLine, file: DebitFileFact, at: Date): Promise<boolean> {
  const some = await liveDebits(tx, file.fileId, { unsaid: true, limit: LOT_DEBITS });
  const noted = await noteWords(
    tx,
    some.map((debit) => wordOf(line, debit, 'settled')),
    at,
  );
  if (noted.includes('conflict')) throw new Error('a bank has contradicted its total of an order of debits');
  return some.length > 0;
}

/** Locks as `receiveFromChannels`. */
async function bookTotal(
  tx: Tx,
  line: WaitingLine,
  { fileId, messageId }: DebitFileFact,
  entries: Entries,
  notes: LotNotes,
): Promise<void> {
  const all = await liveDebits(tx, fileId, { unsaid: false, limit: MOST_OF_FILE });
  const transfers = [...byChannel(all)].map(([channelId, amountMinor]) =>
    transferOf({ ...line, amountMinor }, channelId, notes.at),
  );
  const received = await receiveFromChannels(tx, transfers, entries);
  const money = received.flatMap((each, at) => {
    const channelId = transfers[at]?.channelId ?? 0;
    if (!each.ok) throw new Error(`the total of ${messageId} is not booked: ${each.reason}`);
    return each.value.parts.map(({ billerId, amountMinor, journalId }) => {
      return { kind: 'channel', billerId, channelId, amountMinor, journalId };
    });
  });
  notes.place(
    line,
    'debit-total',
    ...all.map(({ billerId, debitId, channelId, amountMinor }) => {
      return { kind: 'debit-total', billerId, channelId, subjectId: debitId, amountMinor };
    }),
    ...money,
  );
}

function byChannel(debits: readonly CreditedDebit[]): Map<number, bigint> {
  const sums = new Map<number, bigint>();
  for (const { channelId, amountMinor } of debits)
    sums.set(channelId, (sums.get(channelId) ?? 0n) + amountMinor);
  return sums;
}
