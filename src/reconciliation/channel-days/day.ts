// A channel's day, and what is said of it by its file. Amounts are minor units. Which money a line is about is said by its
// reference, the channel's name for the payment.

import type { BusinessDate } from '../../kernel/business-date.ts';

export interface DayKey {
  readonly channelId: number;
  readonly businessDate: BusinessDate;
}

export interface FileKey extends DayKey {
  /** uuid */
  readonly fileId: string;
}

export const LINE_STATUSES = ['accepted', 'reversed', 'credited'] as const;
export type LineStatus = (typeof LINE_STATUSES)[number];

/** Of what is compared with our books, and `more`: what is kept for whoever resolves a break. */
export interface DayLine {
  /** Counts from 1; the CSV header is line 1. */
  readonly line: number;
  readonly reference: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint | null;
  readonly status: LineStatus;
  readonly businessDate: BusinessDate | null;
  readonly more: LineMore | null;
}

export interface LineMore {
  readonly billerCode?: string;
  readonly billNumber?: string;
  readonly paymentId?: string;
  readonly occurredAt?: string;
}

/** `line` null: of the file as a whole. `field` '': of the whole line. */
export interface LineFault {
  readonly line: number | null;
  readonly field: string;
  readonly detail: string;
}

/** How many of a file's faults are told. */
export const MOST_FAULTS = 100;
