// Who stands in an order, of whatever kind: the dialects write all of them alike.

/** Who is debited or credited. */
export interface OrderParty {
  readonly name: string;
  /** IBAN or a number of the country's own, without spaces. */
  readonly account: string;
  /** BIC, or the bank's number in a clearing; null: the account tells it. */
  readonly bank: string | null;
}
