// What is above a payer's ceiling waits for persons: the request by which the agency decides.

import { askApproval } from '../../approvals/index.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Debit } from '../debits/index.ts';

export const DEBIT_REQUEST = 'debit';

const ABOVE: Readonly<Record<string, string>> = {
  'per-debit': 'above the ceiling of one debit',
  'per-month': 'above the ceiling of the month',
};

/** `nth`: how often it was on its way before. What persons let go is held again when it has become more. */
export async function askAbove(tx: Tx, debit: Debit, mandateReference: string, nth: number): Promise<Uuid> {
  const { debitId, billerId, amountMinor, currency, why, payerId, collectOn } = debit;
  const id = showId('dbt', debitId);
  const amount = { minor: amountMinor, currency };
  const { value } = toText(amount);
  const { approvalId } = await askApproval(tx, {
    billerId,
    kind: DEBIT_REQUEST,
    reference: nth === 0 ? id : `${id}:${nth}`,
    askedBy: null,
    atLeast: 1,
    subject: `debit/${id}`,
    summary: `debit of ${value} ${currency} from payer ${payerId} on ${collectOn} under mandate ${mandateReference}: ${ABOVE[why ?? ''] ?? 'held'}`,
    content: { debitId: id },
    amount,
  });
  return approvalId;
}
