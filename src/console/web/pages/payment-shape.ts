// What the pages read of payments (GET /v1/payments/search, GET /v1/payments/{paymentId}/trace). What is another's business
// is left out of a trace, so much of it may be missing.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';

export interface Payment {
  readonly paymentId: string;
  readonly reference: string;
  readonly status: string;
  readonly receiptNumber: string;
  readonly billerCode: string;
  readonly channelCode: string;
  readonly bills: readonly { readonly billNumber: string; readonly payerId?: string }[];
  readonly amount: Amount;
  readonly fee: Amount;
  readonly businessDate: string;
  readonly method: string;
  readonly acceptedAt: string;
}

export interface StatementLine {
  readonly statementId: string;
  readonly line: number;
  readonly kind: string;
  readonly bookedOn: string;
  readonly amount: Amount;
  readonly bankReference: string | null;
}

export interface TracedPayment {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly status: string;
  readonly biller: string;
  readonly channel: string;
  readonly reference: string;
  readonly method: string;
  readonly route: string;
  readonly amount: Amount;
  readonly fee: Amount;
  readonly total: Amount;
  readonly billerFee?: Amount;
  readonly tax: Amount;
  readonly commission?: Amount;
  readonly businessDate: string;
  readonly daySealedAt?: string | null;
  readonly occurredAt: string;
  readonly acceptedAt: string;
  readonly reversibleUntil: string;
  readonly agencySaidAt: string | null;
  readonly outlet: Readonly<Record<string, string>> | null;
  readonly instrument: Readonly<Record<string, string>> | null;
  readonly payer: Readonly<Record<string, string>> | null;
  readonly bills: readonly {
    readonly billNumber: string;
    readonly payerId: string | null;
    readonly amount: Amount;
    readonly due: Amount | null;
    readonly penalty: Amount;
    readonly refusal: string | null;
  }[];
  readonly journals?: readonly Journal[];
  readonly money?: {
    readonly settlementId: string | null;
    readonly remittances: readonly {
      readonly remittanceId: string;
      readonly endToEndId: string;
      readonly state: string;
      readonly valueDate: string;
      readonly amount: Amount;
      readonly lines: readonly StatementLine[];
    }[];
    readonly lines: readonly StatementLine[];
  };
  readonly events?: readonly {
    readonly eventId: string;
    readonly type: string;
    readonly recordedAt: string;
    readonly confirmation: {
      readonly state: string;
      readonly deliveredAt: string | null;
      readonly attempts: number;
      readonly failure: string | null;
      readonly nextTryAt: string | null;
    };
  }[];
  readonly reversal: {
    readonly channel: string;
    readonly reference: string;
    readonly reason: string;
    readonly businessDate: string;
    readonly recordedAt: string;
  } | null;
  readonly rejections?: readonly {
    readonly rejectionId: string;
    readonly reason: string;
    readonly amount: Amount;
    readonly recordedAt: string;
  }[];
  readonly breaks?: readonly {
    readonly breakId: string;
    readonly kind: string;
    readonly state: string;
    readonly openedAt: string;
    readonly endedAt: string | null;
  }[];
  readonly disputes: readonly {
    readonly disputeId: string;
    readonly caseNumber: string | null;
    readonly reason: string;
    readonly outcome: string | null;
    readonly openedAt: string;
    readonly dueAt: string;
    readonly decidedAt: string | null;
  }[];
}

export interface Journal {
  readonly journalId: string;
  readonly kind: string;
  readonly businessDate: string;
  readonly postings: readonly {
    readonly account: string;
    readonly side: string;
    readonly amount: Amount;
  }[];
}

export interface Life {
  readonly payment: TracedPayment;
  readonly bills: readonly { readonly billNumber: string; readonly status: string }[];
  readonly debits: readonly { readonly debitId?: string }[];
}

export const PAYMENT_TONES: Readonly<Record<string, Tone>> = {
  accepted: 'good',
  credited: 'wait',
  reversed: 'bad',
};
