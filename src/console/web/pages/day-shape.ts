// What the pages read of a channel's days.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';

export interface ListedDay {
  readonly businessDate: string;
  readonly channelCode: string;
  readonly state: string;
  readonly final: boolean;
  readonly balanced: boolean;
  readonly balancedAt: string | null;
  readonly balanceBy: string | null;
  readonly version: number | null;
  readonly openBreaks: number;
}

interface Side {
  readonly count: number;
  readonly amount: Amount;
  readonly reversed: number;
}

export const SIDES = ['theirs', 'ours', 'matched'] as const;

export interface WholeDay extends Omit<ListedDay, 'openBreaks'> {
  readonly matchedAt: string | null;
  readonly totals: readonly (Readonly<Record<(typeof SIDES)[number], Side>> & {
    readonly currency: string;
  })[];
  readonly breaks: readonly { readonly kind: string; readonly open: number; readonly resolved: number }[];
  readonly faults: readonly {
    readonly line: number | null;
    readonly field: string;
    readonly detail: string;
  }[];
  readonly versions: readonly {
    readonly version: number | null;
    readonly state: string;
    readonly bytes: number;
    readonly sha256: string | null;
    readonly lines: number | null;
    readonly broughtBy: string | null;
    readonly receivedAt: string;
  }[];
}

export interface DayBreak {
  readonly breakId: string;
  readonly kind: string;
  readonly state: string;
  readonly reference: string;
  readonly amount: Amount;
  readonly line: number | null;
}

export const DAY_TONES: Readonly<Record<string, Tone>> = {
  balanced: 'good',
  unbalanced: 'bad',
  failed: 'bad',
  provisional: 'wait',
  receiving: 'wait',
  loading: 'wait',
  matched: 'good',
};

/** How it stands, in one word: of a day that is final, whether it balances. */
export function standingOf({
  state,
  final,
  balanced,
}: Pick<ListedDay, 'state' | 'final' | 'balanced'>): string {
  if (balanced) return 'balanced';
  return final && state === 'matched' ? 'unbalanced' : state;
}
