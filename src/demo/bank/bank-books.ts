// What the demo bank remembers: debits that it was asked for, by their end-to-end ids, whichever way they came, and what has
// become of each. Kept in one file, written whole; asked for a debit a second time it finds the first.

import path from 'node:path';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { readPrivateJson, writePrivateJson } from '../private-file.ts';

export interface AskedDebit {
  readonly endToEndId: string;
  /** The file that asked; null: its API was called. */
  readonly orderMessageId: string | null;
  /** What its API was called with; null: a file asked. */
  readonly debitId: string | null;
  /** As debits name it. */
  readonly mandate: string;
  readonly debtor: string;
  readonly creditor: string;
  readonly creditorName: string;
  /** Whom the creditor collects for, as the payer reads it beside him; null: for himself. */
  readonly forWhom: string | null;
  readonly debtorName: string;
  /** Minor units, in digits. */
  readonly minor: string;
  readonly currency: string;
  readonly collectOn: BusinessDate;
}

export interface HeldDebit extends AskedDebit {
  /** How many debits under the same mandate came before. */
  readonly nth: number;
  state: 'waiting' | 'collected' | 'refused' | 'returned';
  /** When it came to that. */
  on: BusinessDate;
  /** It stands in a notification of what was booked. */
  isNotified: boolean;
  /** What its API has said of it unasked. */
  saidLater: HeldDebit['state'] | null;
}

interface Kept {
  /** Messages written so far: none bears the id of another. */
  messages: number;
  debits: HeldDebit[];
}

export class BankBooks {
  readonly #file: string;
  readonly #kept: Kept;
  readonly #byId: Map<string, HeldDebit>;
  readonly #counts = new Map<string, number>();
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  private constructor(file: string, kept: Kept) {
    this.#file = file;
    this.#kept = kept;
    this.#byId = new Map(kept.debits.map((debit) => [debit.endToEndId, debit]));
    for (const { mandate } of kept.debits) this.#count(mandate);
  }

  static async open(dataDir: string): Promise<BankBooks> {
    const file = bankFilePath(dataDir);
    const kept = await readPrivateJson<Kept>(file, 'books of the demo bank');
    return new BankBooks(file, kept ?? { messages: 0, debits: [] });
  }

  get debits(): readonly HeldDebit[] {
    return this.#kept.debits;
  }

  find(endToEndId: string): HeldDebit | undefined {
    return this.#byId.get(endToEndId);
  }

  /** The one that is held already, if it was asked for before. */
  hear(asked: AskedDebit, today: BusinessDate): HeldDebit {
    const known = this.#byId.get(asked.endToEndId);
    if (known !== undefined) return known;
    const nth = this.#count(asked.mandate);
    const held: HeldDebit = {
      ...asked,
      nth,
      state: 'waiting',
      on: today,
      isNotified: false,
      saidLater: null,
    };
    this.#kept.debits.push(held);
    this.#byId.set(held.endToEndId, held);
    return held;
  }

  nextMessage(): number {
    return (this.#kept.messages += 1);
  }

  /** What is held by now is on disk; many who ask at once wait for one writing. */
  keep(): Promise<void> {
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      return (this.#writing = writePrivateJson(this.#file, this.#kept));
    });
    return this.#next;
  }

  #count(mandate: string): number {
    const count = this.#counts.get(mandate) ?? 0;
    this.#counts.set(mandate, count + 1);
    return count;
  }
}

export function bankFilePath(dataDir: string): string {
  return path.join(dataDir, 'demo-bank.json');
}
