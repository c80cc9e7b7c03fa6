// One file of debit orders to a bank as values, whatever protocol carries it. A dialect (src/dialects) turns it into
// bytes; the roots hand it in, so that this room knows none. The bank's answers are those of `orders`.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Money } from '../../kernel/money.ts';
import type { OrderParty } from '../../orders/index.ts';

export interface FiledDebit {
  /** The order's own at the bank; no two of a file are the same. */
  readonly endToEndId: string;
  /** By which the payer's bank knows the mandate. */
  readonly mandateReference: string;
  /** When the payer signed it. */
  readonly signedOn: BusinessDate;
  readonly amount: Money;
  readonly debtor: OrderParty;
  /** What the payer reads on his statement. */
  readonly text: string;
}

/** All debits of one creditor account, collection date, sequence and currency. */
export interface DebitOrderFile {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly creditor: OrderParty;
  /** The name of whom the creditor collects for; null: for itself. */
  readonly ultimateCreditor: string | null;
  /** The creditor's number in the debit scheme; null: the scheme gives none. */
  readonly creditorSchemeId: string | null;
  readonly collectOn: BusinessDate;
  /** ISO 20022 SequenceType: one of several under the mandate, or the only one. */
  readonly sequence: 'RCUR' | 'OOFF';
  readonly debits: readonly [FiledDebit, ...FiledDebit[]];
}

export interface DebitFileWriter {
  /**
   * The same file gives the same bytes, in pieces of some 64 KiB, so that a file of 10,000 debits is never held as one
   * text. Throws what `faultOf` would name, and (RangeError) mixed currencies, amounts of nothing and ids given twice,
   * before the first piece.
   */
  pieces(file: DebitOrderFile): Iterable<Buffer>;
  /** Why this party cannot stand in an order, in words; undefined: it can. */
  faultOf(party: OrderParty): string | undefined;
  /** As `faultOf`, of the creditor and of whom he collects for. */
  creditorFault(creditor: OrderParty, ultimate: string | null): string | undefined;
}
