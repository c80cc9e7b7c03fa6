// A biller: the agency that is owed, with the policy that decides what may be paid and when. One currency each.

import type { BillerCalendar } from '../calendar/index.ts';
import type { Rounding } from '../kernel/rounding.ts';

export type AmountPolicy = 'exact' | 'at-least' | 'between';

/** gross: its fees are invoiced; net: set off at each close. */
export type FeesSettled = 'gross' | 'net';

/** collected: a remittance leaves once the channels have provably paid. */
export type Funding = 'guaranteed' | 'collected';

/** Words in the three languages of the payers; `en` is the fallback. */
export interface Names {
  ar?: string;
  fr?: string;
  en: string;
}

/**
 * One part of a late penalty (rules.md, "Bills and the amount due"): flat minor units or a decimal percent of the
 * principal, charged once, per day or per month of delay, from the `fromDay`-th day after the due date (1: the
 * day after), never above `ceilingMinor` / `ceilingPercent` of the principal in all.
 */
export interface PenaltyComponent {
  flat?: string;
  percent?: string;
  every: 'once' | 'day' | 'month';
  fromDay?: number;
  ceiling?: { flat?: string; percent?: string };
}

/** One node of the biller's tree: governorate, local unit, branch. */
export interface Unit {
  readonly code: string;
  readonly parent?: string;
  readonly name: Names;
}

/** What the biller bills for. */
export interface Service {
  readonly code: string;
  readonly name: Names;
  readonly budgetLine?: string;
}

/** A revenue head of the biller, to which bills, their lines and services are booked. */
export interface BudgetLine {
  readonly code: string;
  readonly name: Names;
}

/** How a linked agency is asked for its bills. */
export interface BillerLink {
  readonly url: string;
  /** Of the Standard Webhooks signature; sealed with the installation's key under `linkSecretId`. */
  readonly sealedSecret: Buffer;
  readonly deadlineMs: number;
  /** A bill is paid on an answer of the agency no older than this. */
  readonly freshForSeconds: number;
  /** When it does not answer: its last word holds, or nothing is answered and nothing paid. */
  readonly whenDown: 'stale' | 'refuse';
  /** Payments are told through the link, not at a webhook. */
  readonly notify: boolean;
}

/** What the secret of a biller's link is sealed under. */
export function linkSecretId(code: string): string {
  return `link ${code}`;
}

export interface Biller {
  readonly billerId: number;
  readonly code: string;
  readonly name: Names;
  readonly currency: string;
  readonly policy: AmountPolicy;
  readonly calendar: BillerCalendar;
  readonly penalty: readonly PenaltyComponent[];
  readonly rounding: Rounding;
  readonly dueMovesForward: boolean;
  readonly reversalMinutes: number;
  readonly quoteMinutes: number;
  /** T+n: working days from the business date to the value date of its remittance. */
  readonly remittanceDays: number;
  readonly feesSettled: FeesSettled;
  readonly funding: Funding;
  /** A remittance above it waits for the approval of persons. */
  readonly approveAboveMinor: bigint;
  /** A payer's credit older than this is an alarm. */
  readonly creditAlarmDays: number;
  /** Within so many of its working days its own statement must prove direct payments. */
  readonly directProofDays: number;
  /** Empty: the biller has no units, and bills may name none. */
  readonly units: ReadonlySet<string>;
  readonly services: ReadonlyMap<string, { budgetLine?: string }>;
  /** Empty: the biller has none of its own, and bills and services may name any. */
  readonly budgetLines: ReadonlySet<string>;
  /** Present when the agency is linked: it is asked for its bills, where a local one presents them. */
  readonly link?: BillerLink;
}
