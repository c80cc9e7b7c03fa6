// Door of the orders: what goes to banks and what comes back.

export type {
  OrderParty,
  OrderStatus,
  OrderWriter,
  PaymentOrder,
  ReadStatus,
  Standing,
  StatusReader,
  Transfer,
  TransferStanding,
  Verdict,
} from './order.ts';
