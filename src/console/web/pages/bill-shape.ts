// What the pages read of bills and of files of bills.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';

export interface Bill {
  readonly billNumber: string;
  readonly payerId: string;
  readonly payerName: string | null;
  readonly description: string | null;
  readonly status: string;
  /** null: the payer says how much. */
  readonly amount: Amount | null;
  readonly dueOn: string;
  readonly expiresOn: string | null;
  readonly version: number | null;
  readonly revision: number;
  readonly unit: string | null;
  readonly service: string | null;
  readonly budgetLine: string | null;
  readonly paymentId: string | null;
  readonly receivedAt: string;
}

export interface BillFile {
  readonly fileId: string;
  readonly state: string;
  readonly format: string;
  readonly bytes: number;
  readonly lines: number;
  readonly created: number;
  readonly replaced: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly failure: string | null;
  readonly receivedAt: string;
  readonly doneAt: string | null;
}

export const BILL_TONES: Readonly<Record<string, Tone>> = { open: 'wait', paid: 'good' };
export const FILE_TONES: Readonly<Record<string, Tone>> = {
  receiving: 'wait',
  loading: 'wait',
  done: 'good',
  failed: 'bad',
};
