// What the pages read of bank statements and of bank accounts.

import type { Tone } from '../parts/shown.tsx';
import type { Amount } from '../words/show.ts';

export interface StatementFile {
  readonly fileId: string;
  readonly name: string;
  readonly source: string;
  readonly bank: string | null;
  readonly account: string | null;
  readonly state: string;
  readonly statements: number;
  readonly lines: number;
  readonly fault: string | null;
  readonly place: string | null;
  readonly receivedAt: string;
}

export interface OneStatement {
  readonly statementId: string;
  readonly account: string | null;
  readonly biller: string | null;
  readonly form: 'statement' | 'notification';
  readonly reference: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: Amount | null;
  readonly credits: Amount;
  readonly debits: Amount;
  readonly closing: Amount | null;
  readonly lines: number;
  readonly continuity: string;
  readonly outcomes: Readonly<Record<string, number>>;
}

export interface WholeStatementFile extends StatementFile {
  readonly statementsRead: readonly OneStatement[];
}

export interface StatementLine {
  readonly statementId: string;
  readonly line: number;
  readonly bookedOn: string;
  readonly amount: Amount;
  readonly text: string;
  readonly counterparty: string | null;
  readonly bankReference: string | null;
  readonly outcome: string;
  readonly bookedAs: readonly {
    readonly kind: string;
    readonly amount: Amount;
    readonly biller: string | null;
    readonly channel: string | null;
    readonly subject: string | null;
    readonly approvalId: string | null;
  }[];
  /** How many there are of `bookedAs`. */
  readonly parts: number;
  readonly breaks: readonly { readonly breakId: string; readonly kind: string; readonly state: string }[];
}

export interface OfSome {
  readonly count: number;
  readonly amount: Amount;
  readonly since: string | null;
}

export interface AccountReconciliation {
  readonly account: string;
  readonly books: Amount;
  readonly opening: { readonly on: string; readonly amount: Amount } | null;
  readonly closing: { readonly on: string; readonly amount: Amount } | null;
  readonly unbooked: OfSome;
  readonly early: OfSome & { readonly missed: Omit<OfSome, 'since'> };
  readonly withoutLine: {
    readonly amount: Amount;
    readonly remittances: OfSome;
    readonly returns: OfSome;
    readonly topUps: OfSome;
    readonly other: Amount;
  };
  readonly gap: Amount | null;
  readonly difference: Amount;
}

export const FILE_STATE_TONES: Readonly<Record<string, Tone>> = {
  receiving: 'wait',
  waiting: 'wait',
  read: 'good',
  refused: 'bad',
};

export const OUTCOME_TONES: Readonly<Record<string, Tone>> = {
  break: 'bad',
  suspense: 'wait',
  waiting: 'wait',
};

export const CONTINUITY_TONES: Readonly<Record<string, Tone>> = {
  first: 'good',
  continues: 'good',
  gap: 'bad',
  overlap: 'wait',
};
