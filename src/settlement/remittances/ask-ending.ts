// Where no statement says so, two persons may say that a remittance has arrived, or that its money has come back.

import { askApproval } from '../../approvals/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { showId, type Uuid } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Remittance, RemittanceState } from '../batch.ts';
import { wrongState } from './end-remittance.ts';
import { timesAsked } from './store-held.ts';
import { lockRemittance } from './store-remittance.ts';

export const CONFIRMATION = 'remittance-confirm';
export const RETURN = 'remittance-return';

interface Wish {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  readonly askedBy: Uuid | null;
}

/**
 * Gives the request. Locks the remittance. Throws Refused `remittance-not-found`, or `remittance-state` when the bank was
 * not given it or it has ended.
 */
export async function askConfirmation(tx: Tx, wish: Wish): Promise<Uuid> {
  const remittance = await inState(tx, wish, 'confirmed', ['sent']);
  const { endToEndId, valueDate } = remittance;
  return askEnding(tx, wish, remittance, {
    kind: CONFIRMATION,
    says: `under ${endToEndId} has been credited`,
    content: { endToEndId, valueDate },
  });
}

/** As `askConfirmation`; also of one that had been confirmed. `reason`: as the bank gives it. */
export async function askReturn(tx: Tx, wish: Wish & { readonly reason: string }): Promise<Uuid> {
  const remittance = await inState(tx, wish, 'returned', ['sent', 'confirmed']);
  const { endToEndId } = remittance;
  return askEnding(tx, wish, remittance, {
    kind: RETURN,
    says: `under ${endToEndId} has come back: ${wish.reason}`,
    content: { endToEndId, reason: wish.reason },
  });
}

async function inState(
  tx: Tx,
  { billerId, remittanceId }: Wish,
  wanted: RemittanceState,
  from: readonly RemittanceState[],
): Promise<Remittance> {
  const remittance = await lockRemittance(tx, billerId, remittanceId);
  if (remittance === undefined) throw new Refused(refuse('remittance-not-found'));
  if (!from.includes(remittance.state)) throw new Refused(wrongState(remittance, wanted));
  return remittance;
}

async function askEnding(
  tx: Tx,
  { billerId, remittanceId, askedBy }: Wish,
  { amountMinor, currency }: Remittance,
  { kind, says, content }: { kind: string; says: string; content: Record<string, string> },
): Promise<Uuid> {
  const shown = showId('rmt', remittanceId);
  const subject = `remittance/${shown}`;
  const nth = 1 + (await timesAsked(tx, billerId, kind, subject));
  const { approvalId } = await askApproval(tx, {
    billerId,
    kind,
    reference: nth === 1 ? shown : `${shown}-${nth}`,
    subject,
    summary: `${formatMinor(amountMinor, currency)} ${currency} ${says}`,
    content: { remittanceId: shown, ...content },
    amount: { minor: amountMinor, currency },
    askedBy,
  });
  return approvalId;
}
