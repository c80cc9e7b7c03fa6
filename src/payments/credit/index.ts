// Door of the part of the payments room that lets payers' credit leave.

import type { ApprovalKind } from '../../approvals/index.ts';
import { applyKind } from './apply-kind.ts';
import type { CreditTools } from './kind-tools.ts';
import { refundKind } from './refund-kind.ts';
import { remitKind } from './remit-kind.ts';

export { registerCreditCommands } from './commands.ts';
export { mendBooks, type CreditTools } from './kind-tools.ts';
export { heldOn, take } from './leave.ts';
export { creditMetrics } from './metrics.ts';
export { returnRejected } from './return-rejected.ts';
export { creditRoutes } from './routes.ts';
export { isPayment } from './store-bill.ts';
export { insertAdjustment, type Adjustment } from './store-leaving.ts';
export { lockOpenDay, type OpenDate } from '../open-day.ts';
export { addCredit, takeCredit } from '../store-credit.ts';

export function creditKinds(tools: CreditTools): ApprovalKind[] {
  return [applyKind(tools), remitKind(tools), refundKind(tools)];
}
