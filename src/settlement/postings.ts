// The journal of a close (rules.md, "Ledger"), dated in the batch's own business date: fees that are settled net are set
// off against what the agency is owed. What is remitted has journals of its own, one for each remittance.

import { accountOf, type Posting } from '../ledger/index.ts';
import type { Batch } from './batch.ts';

/** Empty: nothing is set off. Negative: fees that came back are owed to the agency. */
export function setOffPostings({
  currency,
  feesSetOffMinor,
}: Pick<Batch, 'currency' | 'feesSetOffMinor'>): Posting[] {
  if (feesSetOffMinor === 0n) return [];
  return [
    { account: accountOf('biller/payable', 0, currency), amountMinor: feesSetOffMinor },
    { account: accountOf('biller/fees-due', 0, currency), amountMinor: -feesSetOffMinor },
  ];
}
