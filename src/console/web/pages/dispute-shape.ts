// What the pages read of disputes and cases.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';
import type { Somebody } from './approval-shape.ts';

export interface Dispute {
  readonly disputeId: string;
  readonly caseNumber: string | null;
  readonly openedBy: string;
  readonly reference: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly reason: string;
  readonly amount: Amount;
  readonly billerCode: string;
  readonly channelCode: string;
  readonly paymentId: string;
  readonly paymentReference: string;
  readonly breakId: string | null;
  readonly approvalId: string | null;
  readonly openedAt: string;
  readonly dueAt: string;
  readonly overdue: boolean;
}

export interface WholeDispute extends Dispute {
  readonly words: string | null;
  readonly evidence: readonly { readonly attachmentId: string; readonly name: string }[];
  readonly history: readonly {
    readonly action: string;
    readonly by: Somebody | null;
    readonly client?: string;
    readonly comment?: string;
    readonly at: string;
  }[];
}

export const DISPUTE_TONES: Readonly<Record<string, Tone>> = {
  opened: 'wait',
  'under-review': 'wait',
  upheld: 'good',
  refused: 'bad',
};

/** Who may still decide it, and what ends it. */
export const UNDECIDED: readonly string[] = ['opened', 'under-review'];
