// What the pages read of mandates and of debits.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';
import type { Language } from '../words/words.ts';
import type { Somebody } from './approval-shape.ts';

export interface Mandate {
  readonly mandateId: string;
  readonly reference: string;
  readonly openedBy: string;
  readonly state: string;
  readonly reason: string | null;
  readonly billerCode: string;
  readonly payerId: string;
  readonly payerName: string;
  readonly account: { readonly number: string; readonly holder: string };
  readonly channelCode: string;
  readonly collect: { readonly on: string; readonly days?: readonly number[] };
  readonly ceiling: { readonly perDebit: Amount | null; readonly perMonth: Amount | null };
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly announceDays: number;
  readonly changedAt: string;
}

export interface WholeMandate extends Mandate {
  readonly approvalId: string | null;
  readonly covers: readonly {
    readonly billerCode: string;
    readonly payerId: string;
    readonly units: readonly string[];
    readonly state: string;
  }[];
  readonly form: { readonly name: string } | null;
  readonly history: readonly {
    readonly action: string;
    readonly side: string | null;
    readonly by: Somebody | null;
    readonly client: string | null;
    readonly reason: string | null;
    readonly at: string;
  }[];
}

export interface Debit {
  readonly debitId: string;
  readonly state: string;
  readonly reason: { readonly cause: string; readonly words: Readonly<Record<Language, string>> } | null;
  readonly channelCode: string;
  readonly mandateId: string;
  readonly mandateReference: string;
  readonly payerId: string;
  readonly account: string;
  readonly amount: Amount;
  readonly billCount: number;
  readonly collectOn: string;
  readonly sendOn: string;
  readonly cause: string;
  readonly attempt: number;
  readonly retryOf: string | null;
  readonly retryOn: string | null;
  readonly endToEndId: string;
}

export interface WholeDebit extends Debit {
  readonly retriedBy: string | null;
  readonly bills: readonly {
    readonly billNumber: string;
    readonly amount: Amount;
    readonly dueOn: string;
    readonly outcome: string | null;
    readonly paymentId: string | null;
  }[];
  readonly history: readonly {
    readonly state: string;
    readonly text: string | null;
    readonly by: string | null;
    readonly at: string;
  }[];
}

export const MANDATE_TONES: Readonly<Record<string, Tone>> = {
  submitted: 'wait',
  'bank-validated': 'wait',
  returned: 'wait',
  suspended: 'wait',
  accepted: 'good',
  'bank-refused': 'bad',
  rejected: 'bad',
};

export const DEBIT_TONES: Readonly<Record<string, Tone>> = {
  planned: 'wait',
  held: 'wait',
  built: 'wait',
  sent: 'wait',
  collected: 'good',
  failed: 'bad',
  returned: 'bad',
};
