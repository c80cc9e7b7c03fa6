// A step in the life of a debit as a value, and who takes it.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Debit } from './debit.ts';
import type { DebitState } from './states.ts';

export interface DebitMove {
  /** As it was locked. */
  readonly debit: Debit;
  readonly to: DebitState;
  /** Why it is held, dropped, failed or returned. */
  readonly why?: string | null;
  /** Of a bank's refusal or return: its code, and its words. */
  readonly code?: string | null;
  readonly text?: string | null;
  readonly bankReference?: string | null;
  readonly retryOn?: BusinessDate | null;
  /** As it was found on its day. */
  readonly fixed?: FixedAs;
}

export interface FixedAs {
  /** Of one that is built. */
  readonly way: 'file' | 'api' | null;
  readonly amountMinor: bigint;
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
}

export interface MovedBy {
  /** Who, as the history tells it: `worker`, `bank bank-a`, the name of a person. */
  readonly actor: string;
  readonly at: Date;
}

/** Another day for one that is not built. */
export interface MovedDay {
  /** As it was locked. */
  readonly debit: Debit;
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
  /** Of one whose bills ask for another amount by now. */
  readonly amountMinor?: bigint;
}
