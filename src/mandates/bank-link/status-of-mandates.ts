// A bank's report on mandates as the answer to the orders that asked for them.

import {
  paymentIdOf,
  type ReadStatus,
  type TransactionStanding,
  type UnnamedWord,
} from '../../orders/index.ts';
import type { MandateAnswer, MandateReport } from '../debits/index.ts';

export function statusOfMandates(reports: readonly MandateReport[]): ReadStatus {
  const unnamed: UnnamedWord[] = [];
  const statuses = reports.flatMap(({ messageId, answers }) => {
    const byOrder = new Map<string, TransactionStanding[]>();
    for (const answer of answers) {
      const transaction = standingOf(answer);
      const { requestMessageId: order } = answer;
      const standing = order === null ? undefined : byOrder.get(order);
      if (order === null) unnamed.push({ messageId, transaction });
      else if (standing === undefined) byOrder.set(order, [transaction]);
      else standing.push(transaction);
    }
    return [...byOrder].map(([orderMessageId, transactions]) => ({
      messageId,
      orderMessageId,
      whole: null,
      payments: [{ paymentId: paymentIdOf(orderMessageId), whole: null, transactions }],
    }));
  });
  return { ok: true, statuses, unnamed };
}

/** `reasons`: the code and the words, '' where there is none. */
function standingOf(answer: MandateAnswer): UnnamedWord['transaction'] {
  const { verdict, reasonCode, reasonText } = answer;
  return {
    endToEndId: answer.requestId ?? answer.mandateReference ?? '',
    standing: { verdict, code: verdict, reasons: [reasonCode ?? '', reasonText ?? ''] },
  };
}
