// Door of the orders that pay agencies: how they are made, and what follows when a bank has them or answers them.

export { registerOrderCommands } from './commands.ts';
export { sweepRemittances, type RemittanceParts } from './jobs.ts';
export { makeOrders, previewOrders, type OrderMade, type OrderParts } from './make-orders.ts';
export type { OrderWriter, PaymentOrder, Transfer } from './order.ts';
export { transferKind } from './transfer-kind.ts';
