// The ledger's side of a remittance: planned, the money leaves what is owed to the biller and is under way; proved, the
// bank has paid it; returned, it is owed again (rules.md, "Ledger"). In the biller's own book.

import { newId, type Uuid } from '../../kernel/ids.ts';
import { accountOf, type Entries } from '../../ledger/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Remittance } from '../batch.ts';
import type { Place } from './states.ts';

export interface Booking {
  readonly kind: 'close' | 'remittance';
  readonly businessDate: BusinessDate;
  readonly at: Date;
  readonly debit: Place;
  readonly credit: Place;
}

/** Adds the journal to `entries` and gives its id. */
export function book(entries: Entries, remittance: Remittance, booking: Booking): Uuid {
  const { billerId, amountMinor } = remittance;
  const journalId = newId(booking.at.getTime(), billerId);
  entries.add(
    {
      billerId,
      journalId,
      kind: booking.kind,
      paymentId: null,
      businessDate: booking.businessDate,
      recordedAt: booking.at.toISOString(),
    },
    [
      { account: accountAt(booking.debit, remittance), amountMinor },
      { account: accountAt(booking.credit, remittance), amountMinor: -amountMinor },
    ],
  );
  return journalId;
}

function accountAt(place: Place, { paysFrom, currency }: Remittance) {
  if (place !== 'bank') return accountOf(place, 0, currency);
  if (paysFrom === null) throw new Error('a remittance without an account has not been paid');
  return accountOf('bank', paysFrom, currency);
}
