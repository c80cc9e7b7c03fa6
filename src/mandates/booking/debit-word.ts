// A word of a bank that is to be worked through, and the debit that it is about, as they are looked at before anything is
// locked.

import type { Uuid } from '../../kernel/ids.ts';
import type { DebitBill, DebitRef, DebitState, WordVerdict } from '../debits/index.ts';

/** The oldest of its debit that is not worked through. */
export interface WaitingWord extends DebitRef {
  readonly wordId: Uuid;
  readonly verdict: WordVerdict;
  readonly code: string | null;
  readonly text: string | null;
  readonly bankReference: string | null;
  /** Of the debit, when the word was found. */
  readonly state: DebitState;
  readonly channelId: number;
  /** Whom the mandate says to tell, as a channel names the payer; null: nobody. */
  readonly payer: object | null;
  /** By which persons are asked about it; null: nobody was. */
  readonly approvalId: Uuid | null;
  /** Nobody waits any longer for a linked agency that keeps silent. */
  readonly isOld: boolean;
  readonly bills: readonly FixedBill[];
}

export interface FixedBill extends DebitBill {
  /** Of the bill, without penalty; null: an open amount, or there is no such bill. */
  readonly principalMinor: bigint | null;
  /** Whose content the amount was fixed for; null: it is another meanwhile, and what is owed is looked at again. */
  readonly revision: number | null;
}

/** What a bill of a debit came to, and by which payment. */
export interface BillOutcome extends DebitRef {
  readonly billNumber: string;
  readonly outcome: 'paid' | 'credited';
  readonly paymentId: Uuid;
}
