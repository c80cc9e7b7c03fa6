// The journal of a line in the operator's own book.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { accountOf, OPERATOR, type Account, type Entries, type JournalHead } from '../../ledger/index.ts';
import type { WaitingLine } from './waiting-line.ts';

/** Dr bank/<account> with the line's amount, Cr `against`. Gives the journal's id. */
export function bookLine(
  { accountId, amountMinor, currency }: WaitingLine,
  { kind, against, at }: { kind: JournalHead['kind']; against: Account; at: Date },
  entries: Entries,
): Uuid {
  if (accountId === null) throw new Error('only lines of accounts of the operator are booked there');
  const recordedAt = at.toISOString();
  const journalId = newId(at.getTime(), OPERATOR);
  entries.add(
    {
      billerId: OPERATOR,
      journalId,
      kind,
      paymentId: null,
      businessDate: recordedAt.slice(0, 10),
      recordedAt,
    },
    [
      { account: accountOf('bank', accountId, currency), amountMinor },
      { account: against, amountMinor: -amountMinor },
    ],
  );
  return journalId;
}
