// The journal of a close (rules.md, "Ledger"), dated in the batch's own business date: what is remitted goes from what
// the agency is owed to what is on its way, and fees that are settled net are set off against what it owes.

import { accountOf, type Posting } from '../ledger/index.ts';
import type { Batch } from './batch.ts';

/** Empty: nothing moves. */
export function closePostings(
  batch: Pick<Batch, 'currency' | 'remittedMinor' | 'feesSetOffMinor'>,
): Posting[] {
  const { currency, remittedMinor, feesSetOffMinor } = batch;
  const postings: Posting[] = [
    { account: accountOf('biller/payable', 0, currency), amountMinor: remittedMinor + feesSetOffMinor },
    { account: accountOf('biller/in-transit', 0, currency), amountMinor: -remittedMinor },
    { account: accountOf('biller/fees-due', 0, currency), amountMinor: -feesSetOffMinor },
  ];
  return postings.filter(({ amountMinor }) => amountMinor !== 0n);
}
