// What the pages read of breaks, and what each way of ending one asks for (docs/breaks-and-disputes.md).

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';
import type { Somebody } from './approval-shape.ts';

export interface Break {
  readonly breakId: string;
  readonly kind: string;
  readonly state: string;
  readonly amount: Amount | null;
  readonly since: string;
  /** Age in days. */
  readonly days: number;
  readonly owner: Somebody | null;
  readonly billerCode: string | null;
  readonly channelCode: string | null;
  readonly businessDate: string | null;
  readonly reference: string | null;
  readonly paymentId: string | null;
  readonly billNumber: string | null;
  readonly approvalId: string | null;
  readonly resolution: string | null;
}

export interface WholeBreak extends Break {
  readonly ours: Side | null;
  readonly theirs: Side | null;
  readonly mayEndBy: readonly string[];
  readonly suspense: Amount | null;
  readonly history: readonly {
    readonly action: string;
    readonly by: Somebody | null;
    readonly at: string;
    readonly comment?: string;
    readonly content?: unknown;
  }[];
}

export type Side = Readonly<Record<string, unknown>>;

export const BREAK_TONES: Readonly<Record<string, Tone>> = { open: 'wait', resolved: 'good' };

/** A bill and an amount of it become `bills`; the rest stand in the content under their own names. */
export const RESOLUTION_FIELDS = {
  post: ['billNumber', 'amount'],
  reverse: ['reason'],
  place: ['billerCode', 'billNumber', 'payerId'],
  deposit: ['billerCode', 'billNumber', 'payerId'],
  credit: ['billerCode', 'payerId'],
  'channel-transfer': ['channelCode'],
  remittance: ['endToEndId'],
  'reverse-payment': ['reason', 'paymentId'],
  dispute: ['reason', 'words'],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = (typeof RESOLUTION_FIELDS)[keyof typeof RESOLUTION_FIELDS][number];

export function fieldsOf(resolution: string): readonly FieldName[] {
  return (RESOLUTION_FIELDS as Readonly<Record<string, readonly FieldName[]>>)[resolution] ?? [];
}
