// One round of the demo bank: takes the files that lie for it, answers them, and does what is due by the given day. What was
// written lies there before it is noted as done: broken off, a round says the same again.

import fs from 'node:fs/promises';
import { droppedFiles, setAside } from '../../platform/files/index.ts';
import { readDebitOrders, readMandateRequests } from '../../dialects/index.ts';
import { answerDebits, firstWord, lastWord } from './answer-debits.ts';
import { answerMandates } from './answer-mandates.ts';
import type { BankBooks } from './bank-books.ts';
import { carryOut, type BankNow } from './carry-out.ts';
import { notifyBookings } from './notify-bookings.ts';
import { layWritten, type BankPlaces, type WrittenFile } from './places.ts';

/** Where files lie that it has taken. */
export const TAKEN = 'taken';

/** Names of the files that it has written. Orders that are none of its own, such as transfers, are left where they lie. */
export async function workOnFiles(
  places: BankPlaces,
  books: BankBooks,
  now: BankNow,
  say: (line: string) => void,
): Promise<string[]> {
  const written: string[] = [];
  const lay = async (files: readonly WrittenFile[]): Promise<void> => {
    for (const file of files) {
      await layWritten(places, file);
      written.push(file.name);
    }
  };
  for (const file of await droppedFiles(places.orders)) {
    const bytes = await fs.readFile(file.at);
    const answers = await hear(books, bytes, now);
    if (answers === undefined) continue;
    if (typeof answers === 'string') say(`${file.name} is not read: ${answers}`);
    else await lay(answers);
    await books.keep();
    await setAside(file, TAKEN);
  }
  const { decided, booked } = carryOut(books, now);
  await lay(answerDebits(books, decided, lastWord, now.at));
  await lay(notifyBookings(books, booked, now.at));
  if (decided.length + booked.length > 0) await books.keep();
  return written;
}

/** undefined: it is none of the bank's to answer. A text: why it cannot be read. */
async function hear(
  books: BankBooks,
  bytes: Buffer,
  now: BankNow,
): Promise<WrittenFile[] | string | undefined> {
  if (bytes.includes('pain.009.001')) {
    const read = await readMandateRequests(bytes);
    return read.ok ? answerMandates(books, read.file, now.at) : read.reason;
  }
  if (!bytes.includes('pain.008.001')) return undefined;
  const read = await readDebitOrders(bytes);
  if (!read.ok) return read.reason;
  const { creditor, ultimateCreditor, messageId, collectOn } = read.file;
  const held = read.file.debits.map(({ endToEndId, mandateReference, debtor, amount }) =>
    books.hear(
      {
        endToEndId,
        orderMessageId: messageId,
        debitId: null,
        mandate: mandateReference,
        debtor: debtor.account,
        debtorName: debtor.name,
        creditor: creditor.account,
        creditorName: creditor.name,
        forWhom: ultimateCreditor,
        minor: String(amount.minor),
        currency: amount.currency,
        collectOn,
      },
      now.today,
    ),
  );
  return answerDebits(books, held, firstWord, now.at);
}
