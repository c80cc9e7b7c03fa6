// The life of one remittance, as data: from where it may go where, what the ledger books, what the agency is told.
// A next attempt is a remittance of its own (retry.ts), so what has ended stays ended.

import type { RemittanceState } from '../batch.ts';

export interface Move {
  readonly from: RemittanceState;
  readonly to: RemittanceState;
  /** Accounts debited and credited with the amount; none: nothing is booked. */
  readonly books?: readonly [Place, Place];
  readonly tells?: 'remittance.sent' | 'remittance.confirmed' | 'remittance.returned';
}

/** `bank`: the operator's account that it pays from. */
export type Place = 'biller/payable' | 'biller/in-transit' | 'bank';

export const MOVES: readonly Move[] = [
  { from: 'planned', to: 'approved' },
  // Another account holds since, and persons decide anew; or none holds.
  { from: 'approved', to: 'planned' },
  // Told when the order has been handed over, which is later.
  { from: 'approved', to: 'sent' },
  { from: 'sent', to: 'confirmed', books: ['biller/in-transit', 'bank'], tells: 'remittance.confirmed' },
  {
    from: 'sent',
    to: 'rejected',
    books: ['biller/in-transit', 'biller/payable'],
    tells: 'remittance.returned',
  },
  {
    from: 'sent',
    to: 'returned',
    books: ['biller/in-transit', 'biller/payable'],
    tells: 'remittance.returned',
  },
  // The agency's bank sends it back after our statement had proved it.
  { from: 'confirmed', to: 'returned', books: ['bank', 'biller/payable'], tells: 'remittance.returned' },
];

export function moveOf(from: RemittanceState, to: RemittanceState): Move | undefined {
  return MOVES.find((move) => move.from === from && move.to === to);
}

/** Where its money still counts as under way. */
export const LIVE: readonly RemittanceState[] = ['planned', 'approved', 'sent'];
export const ENDED_BADLY: readonly RemittanceState[] = ['returned', 'rejected'];
