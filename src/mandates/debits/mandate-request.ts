// Requests for mandates to payers' banks and what banks answer, as values, whatever protocol carries them. A ceiling per
// month and the work sites that a mandate covers are between payer and agency: no bank is told of them.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Money } from '../../kernel/money.ts';
import type { OrderParty } from '../../orders/index.ts';

export interface MandateRequest {
  /** Of this request alone: a corrected mandate is asked for again under another. */
  readonly requestId: string;
  /** By which debits will name the mandate. */
  readonly mandateReference: string;
  readonly sequence: 'RCUR' | 'OOFF';
  /** Days of the month on which debits fall, 1 to 28; none: on due dates or at the payer's word. */
  readonly collectOnDays: readonly number[];
  readonly validFrom: BusinessDate;
  readonly validUntil: BusinessDate | null;
  readonly firstCollectionOn: BusinessDate | null;
  readonly finalCollectionOn: BusinessDate | null;
  /** The most that one debit may take. */
  readonly perDebit: Money;
  /** null: not on paper. */
  readonly signedOn: BusinessDate | null;
  readonly creditor: OrderParty;
  /** The name of whom the creditor collects for; null: for itself. */
  readonly ultimateCreditor: string | null;
  readonly creditorSchemeId: string | null;
  readonly debtor: OrderParty;
}

/** Requests to one bank. */
export interface MandateRequestFile {
  readonly messageId: string;
  readonly createdAt: Date;
  /** Who sends them. */
  readonly sender: string;
  readonly requests: readonly [MandateRequest, ...MandateRequest[]];
}

export interface MandateRequestWriter {
  /** As `DebitFileWriter.pieces`. */
  pieces(file: MandateRequestFile): Iterable<Buffer>;
  faultOf(party: OrderParty): string | undefined;
  creditorFault(creditor: OrderParty, ultimate: string | null): string | undefined;
}

/** What a bank says of one mandate; at least one of its two names is told. */
export interface MandateAnswer {
  /** Of the file that asked; null: the bank does not say. */
  readonly requestMessageId: string | null;
  readonly requestId: string | null;
  readonly mandateReference: string | null;
  /** `unknown`: a word that we do not know, never acted upon. */
  readonly verdict: 'accepted' | 'rejected' | 'unknown';
  /** Of a rejection, ISO 20022 ExternalMandateReason1Code or the bank's own. */
  readonly reasonCode: string | null;
  /** In the bank's words. */
  readonly reasonText: string | null;
}

export interface MandateReport {
  /** The bank's own. */
  readonly messageId: string;
  readonly answers: readonly MandateAnswer[];
}

export type ReadMandateAnswers =
  | { readonly ok: true; readonly reports: readonly MandateReport[] }
  | { readonly ok: false; readonly reason: string };

/** Reads one file of a bank; what it cannot or must not read is told, never thrown. */
export type MandateAnswerReader = (bytes: Buffer) => Promise<ReadMandateAnswers>;

/** A bank's side of it: what the demo bank writes. */
export interface MandateAnswerFile {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly answers: readonly [MandateAnswer, ...MandateAnswer[]];
}

export interface MandateAnswerWriter {
  /** Throws (RangeError) for an answer without a verdict or without a name of the mandate. */
  pieces(file: MandateAnswerFile): Iterable<Buffer>;
}
