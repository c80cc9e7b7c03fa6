// Credit remitted to the biller: Dr payer/credit, Cr biller/payable. It enters the open day as an adjustment, so that the
// settlement of that day pays it out. What lies on the biller's own account already is his from then on, as a direct
// adjustment: nothing is paid out.

import { Type } from 'typebox';
import { recordAudit } from '../../access/index.ts';
import type { ApprovalKind } from '../../approvals/index.ts';
import { newId, showId } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import { WRITTEN_LINE } from '../../kernel/text-form.ts';
import { accountOf } from '../../ledger/index.ts';
import { mendBooks, type CreditTools } from './kind-tools.ts';
import { leave } from './leave.ts';
import { placeWith } from './place.ts';
import { amountOf, inWords, wishOf } from './read-wish.ts';
import { insertAdjustment } from './store-leaving.ts';

const read = wishOf({ reason: Type.String({ minLength: 1, maxLength: 500, pattern: WRITTEN_LINE }) });

export function remitKind(tools: CreditTools): ApprovalKind {
  return {
    kind: 'credit-remit',
    deciders: ['operator-admin', 'approver'],
    askers: ['operator-admin', 'support', 'finance-officer'],
    mend: (error) => mendBooks(tools, error),

    async propose(tx, { billerId, content, isAgain }) {
      const wish = read(content);
      const amount = amountOf(wish.amount);
      if (!isAgain) await placeWith(tx, { billerId, ...wish }, amount);
      const summary = `remit ${inWords(wish.payerId, amount)} to the agency: ${wish.reason}`;
      return { subject: `credit/${wish.payerId}`, summary, content: wish, amount };
    },

    async accepted(tx, approval, actor) {
      const { billerId, approvalId } = approval;
      const { payerId, reason, ...wish } = read(approval.content);
      const amount = amountOf(wish.amount);
      const to = accountOf('biller/payable', 0, amount.currency);
      const place = await placeWith(tx, { billerId, payerId }, amount);
      const left = await leave(tx, approval, {
        payerId,
        amount,
        place,
        to,
        way: 'remitted',
        lane: tools.lane,
      });
      await insertAdjustment(tx, {
        billerId,
        adjustmentId: newId(left.now.getTime(), billerId),
        kind: 'credit-remitted',
        route: place === 'biller' ? 'direct' : 'via-operator',
        reason,
        currency: amount.currency,
        amountMinor: amount.minor,
        approvalId,
        journalId: left.journalId,
        businessDate: left.businessDate,
        recordedAt: left.now,
      });
      const after = { amount: toText(amount), approval: showId('apr', approvalId), date: left.businessDate };
      await recordAudit(tx, actor, { action: 'credit.remit', subject: `credit/${payerId}`, after });
    },
  };
}
