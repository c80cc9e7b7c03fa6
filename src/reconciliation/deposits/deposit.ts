// A deposit: money that somebody sent to an account of the operator's, with a text that says what for. And what it was
// found to be for.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';

/** A line of a statement of ours that brought money. */
export interface DepositLine {
  readonly statementId: Uuid;
  readonly line: number;
  /** Of the operator's bank account that it came into. */
  readonly accountId: number;
  readonly bookedOn: BusinessDate;
  /** null: the bank tells no time. */
  readonly bookedAt: Date | null;
  readonly currency: string;
  /** More than zero. */
  readonly amountMinor: bigint;
  readonly text: string;
  readonly counterparty: string | null;
}

export interface BillOfPlan {
  readonly billNumber: string;
  /** On the booking date; null for an open amount. */
  readonly dueMinor: bigint | null;
}

/** What a deposit is for. `why`: nothing was named, or things that do not go together. */
export type Plan =
  | {
      readonly kind: 'bills';
      readonly billerId: number;
      readonly payerId: string;
      readonly bills: readonly BillOfPlan[];
    }
  | {
      readonly kind: 'code';
      readonly billerId: number;
      readonly code: string;
      readonly members: readonly string[];
    }
  | { readonly kind: 'payer'; readonly billerId: number; readonly payerId: string }
  | {
      readonly kind: 'nobody';
      readonly why: 'none' | 'several' | 'refused';
      readonly hints: readonly Hint[];
    };

/** One of those among which a person chooses. */
export type Hint = {
  readonly billerCode: string;
  readonly billNumber?: string;
  readonly payerId?: string;
  readonly payCode?: string;
  /** Why it could not be paid, in the words of a refusal's code. */
  readonly refusal?: string;
};
