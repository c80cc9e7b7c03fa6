// What each transaction has of its entry. They are told apart only where they add up to it to the last unit, with the
// charges that the bank kept of them or without; else nobody knows which amount of theirs was booked.

import type { XmlNode } from '../xml-node.ts';
import { childOf, childrenOf } from '../xml-node.ts';
import type { Transaction } from './camt-transaction.ts';
import { readAmount, readIsCredit } from './camt-values.ts';

export interface Shares {
  /** Signed, in the order of the transactions. */
  readonly each: readonly bigint[];
  readonly charges: bigint;
}

/** `charges`: those of the entry. undefined: they do not add up. Throws StatementFault for what is no amount. */
export function shareOut(
  transactions: readonly Transaction[],
  charges: readonly XmlNode[],
  minor: bigint,
  { currency, place }: { readonly currency: string; readonly place: string },
): Shares | undefined {
  if (transactions.length === 0) return undefined;
  const each: bigint[] = [];
  let sum = 0n;
  for (const { amounts, isCredit } of transactions) {
    const amount = amounts.find((said) => said.attributes.get('Ccy') === currency);
    if (amount === undefined) return undefined;
    const value = readAmount(amount, currency, place);
    const share = (isCredit ?? minor >= 0n) ? value : -value;
    each.push(share);
    sum += share;
  }
  if (sum === minor) return { each, charges: 0n };
  const kept = chargesOf(charges.length > 0 ? charges : transactions.flatMap((one) => one.charges));
  return kept !== 0n && sum + kept === minor ? { each, charges: kept } : undefined;

  /** Version 2 has an amount in each, later ones records of them. */
  function chargesOf(nodes: readonly XmlNode[]): bigint {
    let total = 0n;
    for (const record of nodes.flatMap((node) => [node, ...childrenOf(node, 'Rcrd')])) {
      const amount = childOf(record, 'Amt');
      if (amount?.attributes.get('Ccy') !== currency) continue;
      const value = readAmount(amount, currency, place);
      total += readIsCredit(record, place) === true ? value : -value;
    }
    return total;
  }
}
