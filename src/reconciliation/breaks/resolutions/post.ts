// A payment that the channel took and that our books do not have is entered, by the rules of any payment, as if the channel
// had sent it: the bill is paid, the agency is told, the channel owes it.

import { Type, type Static } from 'typebox';
import type { Words } from '../../../bills/link/index.ts';
import { showId } from '../../../kernel/ids.ts';
import { payByDecision } from '../../../payments/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible } from '../find-resolution.ts';
import type { Resolution } from '../resolution.ts';
import { said } from '../said.ts';
import type { StoredBreak } from '../store-break.ts';
import type { ResolutionTools } from '../tools.ts';
import { askAgency, paymentFields, planPayment } from './plan-payment.ts';

const Content = Type.Object(paymentFields, { additionalProperties: false });
type Content = Static<typeof Content>;

export function posting(tools: ResolutionTools): Resolution<Content, Words | undefined> {
  return {
    name: 'post',
    kinds: ['missing-here', 'status-differs'],
    of: 'open',
    fits: (it) => it.kind !== 'status-differs' || said(it.theirs, it.currency).status !== 'reversed',
    read: partReader(Content, ''),

    prepare: (it, content) => askAgency(tools, it, { ...content, amountMinor: it.amountMinor }),

    async propose(tx, it, content) {
      checkTaken(it);
      const plan = await planPayment(tx, tools, it, { ...content, amountMinor: it.amountMinor });
      const code = tools.directory.current.billersById.get(plan.billerId)?.code;
      const bills = plan.bills.map((bill) => bill.billNumber).join(', ');
      return `pay ${bills} of ${code} as the channel’s payment ${plan.reference}`;
    },

    async carryOut(tx, { it, content, prepared }) {
      checkTaken(it);
      const plan = await planPayment(tx, tools, it, { ...content, amountMinor: it.amountMinor });
      const { paymentId, billerId, currency } = await payByDecision(tx, tools, { ...plan, words: prepared });
      return {
        journals: [{ billerId, journalId: paymentId, currency, suspenseMinor: 0n, paymentId }],
        told: { paymentId: showId('pay', paymentId) },
      };
    },
  };
}

/** Of a status that differs, only where the channel says that it has the money. */
function checkTaken({ kind, theirs, currency }: StoredBreak): void {
  if (kind === 'status-differs' && said(theirs, currency).status === 'reversed')
    throw impossible('the channel says that it gave the money back');
}
