// Journals being written: collected in memory while a group is decided, then recorded by one statement
// (store.ts). A journal that does not add up to zero is a fault of the program and throws before any SQL.

import type { BusinessDate } from '../kernel/business-date.ts';
import type { Account } from './account.ts';

export interface JournalHead {
  readonly billerId: number;
  readonly journalId: string;
  readonly kind:
    | 'payment'
    | 'credit'
    | 'reversal'
    | 'adjustment'
    | 'rejection'
    | 'top-up'
    | 'credit-applied'
    | 'credit-remitted'
    | 'credit-refunded'
    | 'correction'
    | 'close'
    | 'remittance'
    | 'channel-payment'
    | 'bank-charge'
    | 'suspense'
    | 'direct-proven'
    | 'deposit'
    | 'resolution'
    | 'dispute'
    | 'debit-return';
  readonly paymentId: string | null;
  readonly businessDate: BusinessDate;
  readonly recordedAt: string;
}

export interface Posting {
  readonly account: Account;
  /** Debit positive, credit negative. Zero is left out. */
  readonly amountMinor: bigint;
}

interface Sum {
  readonly billerId: number;
  readonly account: Account;
  amountMinor: bigint;
}

export class Entries {
  readonly journals: JournalHead[] = [];
  readonly postings: (Posting & { billerId: number; journalId: string; line: number })[] = [];
  readonly #sums = new Map<number, Map<number, Sum>>();

  add(head: JournalHead, postings: readonly Posting[]): void {
    let total = 0n;
    let line = 0;
    this.journals.push(head);
    for (const posting of postings) {
      if (posting.amountMinor === 0n) continue;
      if (posting.account.currency !== postings[0]?.account.currency) {
        throw new Error(`journal ${head.journalId} mixes currencies`);
      }
      total += posting.amountMinor;
      line += 1;
      const { account, amountMinor } = posting;
      this.postings.push({ account, amountMinor, billerId: head.billerId, journalId: head.journalId, line });
      this.#sum(head.billerId, posting);
    }
    if (total !== 0n) throw new Error(`journal ${head.journalId} is off by ${total}`);
  }

  /** One row per (biller, account), in the order in which balances are locked everywhere. */
  sums(): Sum[] {
    const sums = [...this.#sums.values()].flatMap((ofBiller) => [...ofBiller.values()]);
    return sums.sort((a, b) => a.billerId - b.billerId || a.account.accountNo - b.account.accountNo);
  }

  #sum(billerId: number, { account, amountMinor }: Posting): void {
    let ofBiller = this.#sums.get(billerId);
    if (ofBiller === undefined) this.#sums.set(billerId, (ofBiller = new Map<number, Sum>()));
    const sum = ofBiller.get(account.accountNo);
    if (sum === undefined) ofBiller.set(account.accountNo, { billerId, account, amountMinor });
    else sum.amountMinor += amountMinor;
  }
}
