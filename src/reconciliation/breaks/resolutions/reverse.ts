// A payment that the channel never took, or took back, is undone: by its whole journal mirrored in the open day, also long
// after its window.

import { Type, type Static } from 'typebox';
import { showId, type Uuid } from '../../../kernel/ids.ts';
import { WRITTEN_LINE } from '../../../kernel/text-form.ts';
import { undoByDecision } from '../../../payments/index.ts';
import { partReader } from '../../../platform/http/index.ts';
import { impossible } from '../find-resolution.ts';
import type { Resolution } from '../resolution.ts';
import { said } from '../said.ts';
import type { StoredBreak } from '../store-break.ts';
import { statusOfPayment } from '../store-payment.ts';
import type { ResolutionTools } from '../tools.ts';

const Content = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 200, pattern: WRITTEN_LINE }) },
  { additionalProperties: false },
);
type Content = Static<typeof Content>;

export function reversing(tools: ResolutionTools): Resolution<Content> {
  return {
    name: 'reverse',
    kinds: ['missing-there', 'amount-differs', 'status-differs'],
    of: 'open',
    fits: (it) =>
      it.paymentId !== null &&
      (it.kind !== 'status-differs' || said(it.theirs, it.currency).status !== 'accepted'),
    read: partReader(Content, ''),

    async propose(tx, it, { reason }) {
      const paymentId = paymentOf(it);
      if ((await statusOfPayment(tx, paymentId)) === 'reversed')
        throw impossible('the payment has been reversed already');
      return `undo payment ${showId('pay', paymentId)}: ${reason}`;
    },

    async carryOut(tx, { it, content }) {
      const paymentId = paymentOf(it);
      const undone = await undoByDecision(tx, tools, {
        paymentId,
        reference: showId('brk', it.breakId),
        reason: content.reason,
      });
      const { reversalId: journalId, currency } = undone;
      return {
        journals: [{ billerId: it.billerId, journalId, currency, suspenseMinor: 0n, paymentId }],
        told: { reversalId: showId('rev', journalId) },
      };
    },
  };
}

/** What the channel calls accepted is not taken from it. */
function paymentOf(it: StoredBreak): Uuid {
  if (it.paymentId === null) throw impossible('the break names no payment of ours');
  if (it.kind === 'status-differs' && said(it.theirs, it.currency).status === 'accepted')
    throw impossible('the channel says that it took the money');
  return it.paymentId;
}
