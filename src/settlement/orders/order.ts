// A payment order to a bank as values, whatever protocol carries it. A dialect (src/dialects) turns it into bytes; the
// roots hand it in, so that this room knows none.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Money } from '../../kernel/money.ts';
import type { OrderParty } from '../../orders/index.ts';

/** The kind of these orders. */
export const TRANSFER = 'transfer';

export interface Transfer {
  readonly endToEndId: string;
  readonly amount: Money;
  readonly creditor: OrderParty;
  /** What the agency reads on its statement. */
  readonly text: string;
}

/** All transfers of one debtor account, execution date and currency. */
export interface PaymentOrder {
  readonly messageId: string;
  readonly createdAt: Date;
  readonly debtor: OrderParty;
  readonly executeOn: BusinessDate;
  readonly transfers: readonly [Transfer, ...Transfer[]];
}

export interface OrderWriter {
  /** The same order gives the same bytes. Throws what `faultOf` would name. */
  write(order: PaymentOrder): Buffer;
  /** Why this party cannot stand in an order, in words; undefined: it can. */
  faultOf(party: OrderParty): string | undefined;
}
