// One collection from one payer's account for one agency, and the bills that it collects: values.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { DebitState } from './states.ts';

export type DebitCause = 'due-date' | 'days' | 'demand' | 'retry';

export interface DebitRef {
  readonly billerId: number;
  readonly debitId: Uuid;
}

export interface Debit extends DebitRef {
  readonly mandateBillerId: number;
  readonly mandateId: Uuid;
  /** By the agency's own number. */
  readonly payerId: string;
  /** The debtor's bank. */
  readonly channelId: number;
  readonly cause: DebitCause;
  /** From 1; a retry is a debit of its own. */
  readonly attempt: number;
  readonly retryOf: Uuid | null;
  readonly currency: string;
  /** What its bills add up to. Fixed when it is built. */
  readonly amountMinor: bigint;
  readonly collectOn: BusinessDate;
  /** By when it has to be with the bank. */
  readonly sendOn: BusinessDate;
  readonly state: DebitState;
  /** Why it is held, dropped, failed or returned: a word of ours, or the cause (reasons.ts) of the bank's code. */
  readonly why: string | null;
  /** Persons let it go above the ceiling. */
  readonly over: boolean;
  readonly way: 'file' | 'api' | null;
  readonly fileId: Uuid | null;
  readonly bankReference: string | null;
  /** Of a failed or returned one that is tried again: when. */
  readonly retryOn: BusinessDate | null;
}

export interface DebitBill {
  readonly billNumber: string;
  readonly dueOn: BusinessDate;
  /** The day that the amount goes by: a day off that moved the debit makes no penalty. */
  readonly owedAsOf: BusinessDate;
  readonly amountMinor: bigint;
}
