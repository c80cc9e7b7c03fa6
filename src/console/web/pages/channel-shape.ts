// A channel, its keys and its position as the API gives them.

import type { Tone } from '../parts/shown.tsx';
import type { Names } from '../words/name-in.ts';
import type { Amount } from '../words/show.ts';

/** Decimal texts by currency. */
export type Limits = Readonly<Record<string, string>>;

export interface Channel {
  readonly code: string;
  readonly status: 'active' | 'suspended';
  readonly name: Names;
  readonly kind: string;
  readonly funding: 'postpaid' | 'prefunded';
  readonly limitPerPayment: Limits;
  readonly limitPerDay: Limits;
  readonly creditLimit: Limits;
  readonly seesNames: boolean;
  /** Requests a second; 0: the installation's. */
  readonly rateLimit: number;
  readonly owedAfterDays: number;
  readonly available: readonly Amount[];
}

export interface Key {
  readonly keyId: string;
  readonly kind: 'channel' | 'agency' | 'operator';
  readonly code: string;
  readonly algorithm: string;
  readonly label: string;
  readonly allowedIps: readonly string[];
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}

export type KeyState = 'valid' | 'expired' | 'revoked';

export function stateOfKey({ revokedAt, expiresAt }: Key): KeyState {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && Date.parse(expiresAt) <= performance.timeOrigin + performance.now()
    ? 'expired'
    : 'valid';
}

export interface PositionTotal {
  readonly currency: string;
  readonly owed: Amount;
  readonly late: Amount;
  readonly due: Amount;
  readonly toSetOff: Amount;
  readonly running: Amount;
  readonly paidAhead: Amount;
  readonly creditLimit: Amount | null;
  readonly available: Amount | null;
  readonly toppedUp: Amount;
}

export interface PositionDay {
  readonly billerCode: string | null;
  readonly businessDate: string;
  readonly state: 'closed' | 'running';
  readonly owed: Amount;
  readonly paid: Amount;
  readonly open: Amount;
  readonly dueOn: string | null;
  readonly late: boolean;
}

export interface Position {
  readonly channelCode: string;
  readonly funding: 'postpaid' | 'prefunded';
  readonly asOf: string;
  readonly totals: readonly PositionTotal[];
  readonly items: readonly PositionDay[];
  readonly next: string | null;
}

export const CHANNEL_TONES: Readonly<Record<string, Tone>> = { active: 'good', suspended: 'bad' };
export const KEY_TONES: Readonly<Record<KeyState, Tone>> = {
  valid: 'good',
  expired: 'quiet',
  revoked: 'bad',
};
