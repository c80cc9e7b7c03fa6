// A payer's word that an agency may collect from his account: what it covers, up to how much, on which days, and how far
// it is. Amounts in minor units.

import type { AccountNumber } from '../../kernel/bank-account-number.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { MandateState } from './states.ts';

/** Who opened it, and who holds it: the agency for itself, the agency's portal for the payer, his bank. */
export const SIDES = ['agency', 'payer', 'bank'] as const;
export type Side = (typeof SIDES)[number];

export type Collect =
  { readonly on: 'due-date' | 'demand' } | { readonly on: 'days'; readonly days: readonly number[] };

export interface PayersContact {
  readonly mobile?: string;
  readonly email?: string;
  readonly language?: 'ar' | 'fr' | 'en';
}

/** What is agreed; changed as a whole while it is a draft or was returned. */
export interface MandateTerms {
  /** The debtor bank. */
  readonly channelId: number;
  readonly payerId: string;
  readonly payerName: string;
  readonly contact: PayersContact | null;
  readonly holder: string;
  readonly collect: Collect;
  readonly currency: string;
  readonly perDebitMinor: bigint;
  readonly perMonthMinor: bigint;
  readonly validFrom: BusinessDate;
  /** The last day; null: until it is cancelled. */
  readonly validUntil: BusinessDate | null;
  readonly announceDays: number;
}

export interface Mandate extends MandateTerms {
  readonly billerId: number;
  readonly mandateId: Uuid;
  readonly reference: string;
  readonly openedBy: Side;
  /** Whose reference it is: 0 the agency's, else the channel's number. */
  readonly opener: number;
  readonly sealedAccount: Buffer;
  /** Masked. */
  readonly shownAccount: string;
  readonly accountKind: AccountNumber['kind'];
  readonly state: MandateState;
  readonly reason: string | null;
  readonly bankReference: string | null;
  readonly approvalId: Uuid | null;
  /** Each lifts his own. */
  readonly suspendedBy: readonly Side[];
  /** Counts its events. */
  readonly revision: number;
  /** How often it went to the bank. */
  readonly submissions: number;
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** One number of the payer with one biller. Only what is accepted is collected. */
export interface Cover {
  readonly billerId: number;
  readonly payerId: string;
  /** Empty: all. */
  readonly units: readonly string[];
  readonly state: 'waiting' | 'accepted' | 'rejected';
  readonly approvalId: Uuid | null;
}

export type NewCover = Pick<Cover, 'billerId' | 'payerId' | 'units'>;

/** What the number of the account is sealed under: a row copied to another mandate does not open. */
export function accountSealId(mandateId: Uuid): string {
  return `mandate ${mandateId}`;
}

export function formSealId(formId: Uuid): string {
  return `mandate-form ${formId}`;
}
