// What one answer of a bank says of each transaction of one order, all its reports of that order together: the most
// particular word counts, of the transaction, else of the payment block, else of the whole order. Words that contradict
// each other are told as such and not weighed: a person has to.

import { paymentIdOf } from './order-ids.ts';
import type { OrderStatus, Standing, Verdict } from './order-status.ts';

export interface Weighed {
  /** End-to-end ids that the bank names, of this order or not. */
  readonly named: Iterable<string>;
  /** What is not of this order: payment blocks, and transactions without an id. */
  readonly unknown: readonly string[];
  /** null: nothing. */
  of(endToEndId: string): Standing | 'contradiction' | null;
}

/** What was said in one place: the strongest word, and all verdicts. */
interface Heard {
  readonly standing: Standing;
  readonly verdicts: ReadonlySet<Verdict>;
}

const STRENGTH: Readonly<Record<Verdict, number>> = {
  unknown: 0,
  pending: 0,
  partly: 1,
  accepted: 2,
  settled: 3,
  rejected: 3,
};

export function weighWords(messageId: string, statuses: readonly OrderStatus[]): Weighed {
  const unknown: string[] = [];
  const byTransaction = new Map<string, Heard>();
  let block: Heard | undefined;
  let whole: Heard | undefined;
  for (const status of statuses) {
    let isOursAlone = true;
    for (const payment of status.payments) {
      if (payment.paymentId !== paymentIdOf(messageId)) {
        unknown.push(payment.paymentId ?? `${messageId}: a payment block without its id`);
        isOursAlone = false;
        continue;
      }
      block = hear(block, payment.whole);
      for (const { endToEndId, standing } of payment.transactions) {
        const heard = endToEndId === null ? undefined : hear(byTransaction.get(endToEndId), standing);
        if (endToEndId === null) unknown.push(`${messageId}: a transfer without its end-to-end id`);
        else if (heard !== undefined) byTransaction.set(endToEndId, heard);
      }
    }
    // Beside another's payment block it may be that one that the word for all is about.
    if (isOursAlone) whole = hear(whole, status.whole);
  }
  return {
    named: byTransaction.keys(),
    unknown,
    of: (endToEndId) => weigh([byTransaction.get(endToEndId), block, whole]),
  };
}

function hear(before: Heard | undefined, standing: Standing | null): Heard | undefined {
  if (standing === null) return before;
  const verdicts = new Set(before?.verdicts).add(standing.verdict);
  const isStronger = before === undefined || STRENGTH[standing.verdict] > STRENGTH[before.standing.verdict];
  return { standing: isStronger ? standing : before.standing, verdicts };
}

/** The most particular first. Final words must agree wherever they stand, and no place may say yes and no. */
function weigh(places: readonly (Heard | undefined)[]): Standing | 'contradiction' | null {
  const said = places.filter((heard) => heard !== undefined);
  const first = said[0];
  if (first === undefined) return null;
  const isSettled = said.some(({ verdicts }) => verdicts.has('settled'));
  const isRejected = said.some(({ verdicts }) => verdicts.has('rejected'));
  const isTorn =
    first.verdicts.has('rejected') && (first.verdicts.has('accepted') || first.verdicts.has('partly'));
  return isTorn || (isSettled && isRejected) ? 'contradiction' : first.standing;
}
