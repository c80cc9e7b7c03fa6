// What a bank says of one account, in the order of its file: the values that every dialect reads into. Amounts are minor
// units of the account's currency, a credit (money in) positive.

export type StatementPart =
  | { readonly kind: 'statement'; readonly head: StatementHead }
  | { readonly kind: 'line'; readonly line: StatementLine }
  | { readonly kind: 'end'; readonly tail: StatementTail };

/** `notification`: early word of single bookings, without balances (camt.052, camt.054, MT942). */
export type StatementForm = 'statement' | 'notification';

export interface StatementBalance {
  readonly minor: bigint;
  /** null: the bank gives none. */
  readonly on: string | null;
}

export interface StatementHead {
  readonly form: StatementForm;
  /** camt.053, MT940, csv. */
  readonly message: string;
  /** The bank's own: Stmt/Id, Ntfctn/Id, :20:. */
  readonly reference: string;
  /** ElctrncSeqNb else LglSeqNb; :28C:. */
  readonly sequence: string | null;
  /** Without spaces, upper case: an IBAN or the bank's own number. */
  readonly account: string;
  readonly currency: string;
  /** First and last day, where the bank says them. */
  readonly from: string | null;
  readonly to: string | null;
  readonly opening: StatementBalance | null;
}

export interface StatementTail {
  readonly closing: StatementBalance | null;
}

/** A booking, or one of the transactions of a booking whose amounts add up to it. */
export interface StatementLine {
  /** Of the booking in its statement, from 1; several lines have one when the bank booked their sum. */
  readonly entry: number;
  readonly minor: bigint;
  readonly bookedOn: string;
  /** An instant, where the bank tells it with its zone. */
  readonly bookedAt: Date | null;
  readonly valuedOn: string | null;
  /** The bank takes back an earlier booking (RvslInd, RC, RD). */
  readonly isReversal: boolean;
  /** AcctSvcrRef; what stands behind // in :61:. */
  readonly bankReference: string | null;
  /** The bank's reference of the booking, where the line is one of its several parts. */
  readonly sumReference: string | null;
  readonly endToEndId: string | null;
  /** Of our order file: MsgId and PmtInfId. */
  readonly messageId: string | null;
  readonly paymentInfoId: string | null;
  /** PMNT/RCDT/ESCT, NTRF, 166: as the bank says it. */
  readonly code: string | null;
  /** Reason of a return (AC04), where given. */
  readonly returnReason: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  /** All that is free text, structured references too; parts divided by line breaks. */
  readonly text: string;
  /** Where in the file, for people: "line 12", "entry 4 of statement 2". */
  readonly place: string;
}

/** A file that is refused whole. */
export class StatementFault extends Error {
  readonly place: string;
  constructor(place: string, reason: string) {
    super(reason);
    this.place = place;
  }
}
