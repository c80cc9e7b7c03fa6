// The demo bank's word on debits of files, as pain.002: at once that it has them, and on their day what became of each.

import { writeStatus, type SaidStanding } from '../../dialects/index.ts';
import { paymentIdOf } from '../../orders/index.ts';
import { behaviourOf, outcomeOf } from './behaviour.ts';
import type { BankBooks, HeldDebit } from './bank-books.ts';
import { grouped } from './grouped.ts';
import type { WrittenFile } from './places.ts';

/** `standingOf`: null where nothing is said of the debit. Debits of one order each. */
export function answerDebits(
  books: BankBooks,
  debits: readonly HeldDebit[],
  standingOf: (debit: HeldDebit) => SaidStanding | null,
  at: Date,
): WrittenFile[] {
  const orders = grouped(debits, ({ orderMessageId }) => orderMessageId ?? '');
  return [...orders].flatMap(([orderMessageId, asked]) => {
    const said = asked.flatMap((debit) => {
      const standing = standingOf(debit);
      return standing === null ? [] : [{ debit, standing }];
    });
    const again = said.filter(({ debit }) => behaviourOf(debit.debtor).isTwice === true);
    return [said, again].flatMap((each) =>
      each.length === 0 ? [] : [statusOf(books, orderMessageId, each, at)],
    );
  });
}

/** What it says when a file comes. */
export function firstWord(debit: HeldDebit): SaidStanding | null {
  const behaviour = behaviourOf(debit.debtor);
  const outcome = outcomeOf(behaviour, debit.nth);
  if (outcome === 'silent') return null;
  return { code: behaviour.isLate === true ? 'PDNG' : 'ACCP', reasons: [] };
}

/** What it says on the day of the debit. */
export function lastWord(debit: HeldDebit): SaidStanding | null {
  const outcome = outcomeOf(behaviourOf(debit.debtor), debit.nth);
  if (outcome === 'silent') return null;
  if (outcome === 'collected') return { code: 'ACSC', reasons: [] };
  return { code: 'RJCT', reasons: [`${outcome.code} ${outcome.text}`] };
}

function statusOf(
  books: BankBooks,
  orderMessageId: string,
  said: readonly { debit: HeldDebit; standing: SaidStanding }[],
  at: Date,
): WrittenFile {
  const messageId = `DBS${books.nextMessage()}-${orderMessageId.slice(-20)}`;
  const bytes = writeStatus({
    messageId,
    createdAt: at,
    orderMessageId,
    orderMessage: 'pain.008.001.08',
    whole: null,
    payments: [
      {
        paymentId: paymentIdOf(orderMessageId),
        whole: null,
        transactions: said.map(({ debit, standing }) => ({ endToEndId: debit.endToEndId, standing })),
      },
    ],
  });
  return { place: 'answers', name: `pain002-${messageId}.xml`, bytes };
}
