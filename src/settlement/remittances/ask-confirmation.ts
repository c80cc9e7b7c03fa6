// Where no statement says so, two persons may say that a remittance has arrived.

import { askApproval } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import { wrongState } from './end-remittance.ts';
import { timesAsked } from './store-held.ts';
import { lockRemittance } from './store-remittance.ts';

export const CONFIRMATION = 'remittance-confirm';

/**
 * Gives the request. Locks the remittance. Throws Refused `remittance-not-found`, or `remittance-state` when the bank was
 * not given it or it has ended.
 */
export async function askConfirmation(
  tx: Tx,
  { billerId, remittanceId, askedBy }: { billerId: number; remittanceId: Uuid; askedBy: Uuid | null },
): Promise<Uuid> {
  const remittance = await lockRemittance(tx, billerId, remittanceId);
  if (remittance === undefined) throw new Refused(refuse('remittance-not-found'));
  if (remittance.state !== 'sent') throw new Refused(wrongState(remittance, 'confirmed'));
  const shown = showId('rmt', remittanceId);
  const subject = `remittance/${shown}`;
  const { amountMinor, currency, endToEndId, valueDate } = remittance;
  const nth = 1 + (await timesAsked(tx, billerId, CONFIRMATION, subject));
  const { approvalId } = await askApproval(tx, {
    billerId,
    kind: CONFIRMATION,
    reference: nth === 1 ? shown : `${shown}-${nth}`,
    subject,
    summary: `${formatMinor(amountMinor, currency)} ${currency} under ${endToEndId} has been credited`,
    content: { remittanceId: shown, endToEndId, valueDate },
    amount: { minor: amountMinor, currency },
    askedBy,
  });
  return approvalId;
}
