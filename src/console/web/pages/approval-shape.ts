// What the pages read of a request for approval (GET /v1/approvals).

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';

export interface Somebody {
  readonly login: string;
  readonly name: string;
}

export interface Approval {
  readonly approvalId: string;
  readonly kind: string;
  readonly reference: string;
  readonly billerCode: string | null;
  readonly subject: string;
  readonly summary: string;
  readonly amount?: Amount;
  readonly state: string;
  readonly step: number;
  readonly steps: number;
  readonly round: number;
  readonly askedBy: Somebody | null;
  readonly askedAt: string;
}

export interface WholeApproval extends Approval {
  readonly content: Readonly<Record<string, unknown>>;
  readonly mayDecide: boolean;
  readonly history: readonly {
    readonly action: string;
    readonly by: Somebody | null;
    readonly comment?: string;
    readonly at: string;
  }[];
  readonly attachments: readonly {
    readonly attachmentId: string;
    readonly name: string;
    readonly size: number;
  }[];
}

export const APPROVAL_TONES: Readonly<Record<string, Tone>> = {
  open: 'wait',
  returned: 'wait',
  accepted: 'good',
  rejected: 'bad',
};
