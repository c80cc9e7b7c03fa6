// What a group of payments knows when it decides: everything was read under the group's locks, and is changed
// in memory as commands are decided in order, so that the second payment of a bill sees the first.

import type { StoredBill } from '../bills/index.ts';
import type { Snapshot } from '../channels/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';

export interface OpenDay {
  readonly businessDate: BusinessDate;
  readonly cutOffAt: Date;
  /** The same as RFC 3339 text, written once for a group. */
  readonly cutOffText: string;
}

/** An earlier request under the same reference, recorded before this group or decided earlier in it. */
export interface Earlier {
  readonly outcome: 'accepted' | 'credited' | 'refused' | 'cancelled';
  readonly fingerprint: string;
  /** The answer's body, byte for byte (accepted, credited). */
  readonly answer: string | null;
  readonly refusal: unknown;
  readonly reversed: boolean;
}

export interface Position {
  availableMinor: bigint;
}

export interface Facts {
  readonly now: Date;
  readonly nowText: string;
  readonly snapshot: Snapshot;
  readonly bills: Map<string, StoredBill>;
  /** Of those the ones that name somebody to be told, by `billKey`. */
  readonly withContact: ReadonlySet<string>;
  readonly days: ReadonlyMap<number, readonly OpenDay[]>;
  readonly references: Map<string, Earlier>;
  /** Float or credit left, by `positionKey`; present only where one is in force. */
  readonly positions: Map<string, Position>;
  /** Accepted so far of a business date, by `usageKey`; only for channels with a limit per day. */
  readonly usage: Map<string, bigint>;
}

export function billKey(billerId: number, billNumber: string): string {
  return `${billerId} ${billNumber}`;
}
export function referenceKey(channelId: number, reference: string): string {
  return `${channelId} ${reference}`;
}
export function positionKey(channelId: number, currency: string): string {
  return `${channelId} ${currency}`;
}
export function usageKey(channelId: number, currency: string, businessDate: BusinessDate): string {
  return `${channelId} ${currency} ${businessDate}`;
}
