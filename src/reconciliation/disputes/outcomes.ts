// What a dispute may come to, and what is booked by it, in the transaction of the approval. The payment is undone by the
// rules of reversal, in the open day, and its agency is told of it as of any; a closed day never changes. Or it stands, and
// the operator bears what its channel gives back.

import { money } from '../../kernel/money.ts';
import { accountOf } from '../../ledger/index.ts';
import { absorbed, lockBook, lockToAbsorb, undoByDecision, type Undone } from '../../payments/index.ts';
import { addCredit } from '../../payments/credit/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { bookOnChannel, charge, impossible, owedOn, type ResolutionTools } from '../breaks/index.ts';
import type { Dispute, Outcome } from './dispute.ts';
import { shownDispute } from './open.ts';
import { findPayment } from './store-payment.ts';

export interface Deciding {
  readonly it: Dispute;
  /** Told to the agency and the channel as the reason of the reversal. */
  readonly words: string;
}

type Carried = Pick<Dispute, 'reversalId' | 'journalId'>;
const NOTHING: Carried = { reversalId: null, journalId: null };

/** Why an outcome is not to be had today. Locks nothing; it is looked at again when it is done. */
export async function checkOutcome(tx: Tx, it: Dispute, outcome: Outcome): Promise<void> {
  if (outcome === 'refuse' || outcome === 'uphold') return;
  const { billerId, paymentId } = it;
  const payment = paymentId === null ? undefined : await findPayment(tx, billerId, paymentId);
  if (payment === undefined) throw impossible('there is no payment to undo: resolve the break');
  if (payment.status === 'reversed') throw impossible('the payment has been reversed already');
  if (payment.is_absorbed) throw impossible('its money was given back at the operator’s cost already');
  if (outcome === 'chargeback') return;
  if (payment.status === 'credited') throw impossible('what was paid is the payer’s credit already');
  if (payment.route === 'direct') throw impossible('the money went to the agency’s own account');
}

export async function carryOut(
  tx: Tx,
  tools: ResolutionTools,
  outcome: Outcome,
  deciding: Deciding,
): Promise<Carried> {
  const { it } = deciding;
  await checkOutcome(tx, it, outcome);
  switch (outcome) {
    case 'refuse':
    case 'uphold':
      return NOTHING;
    case 'chargeback':
      return { ...NOTHING, reversalId: (await undo(tx, tools, deciding)).reversalId };
    case 'absorb':
      return absorb(tx, tools, it);
    case 'refund-to-credit':
      return refund(tx, tools, deciding);
  }
}

function undo(tx: Tx, tools: ResolutionTools, { it, words }: Deciding): Promise<Undone> {
  if (it.paymentId === null) throw impossible('there is no payment to undo: resolve the break');
  return undoByDecision(tx, tools, { paymentId: it.paymentId, reference: shownDispute(it), reason: words });
}

/** The channel keeps the money and goes on owing it; it is the payer's now, with the fee that he paid. */
async function refund(tx: Tx, tools: ResolutionTools, deciding: Deciding): Promise<Carried> {
  const { billerId } = deciding.it;
  const undone = await undo(tx, tools, deciding);
  const { currency, channel_id: channelId, reversalId } = undone;
  const total = undone.amount_minor + undone.fee_minor;
  const day = await lockBook(tx, tools.directory, billerId);
  await charge(tx, tools, channelId, money(total, currency));
  await addCredit(tx, [{ billerId, currency, acceptedAt: day.now.toISOString(), lines: shares(undone) }]);
  const { journalId } = await bookOnChannel(tx, tools, day, {
    kind: 'dispute',
    paymentId: deciding.it.paymentId,
    billerId,
    currency,
    suspenseMinor: 0n,
    postings: [
      { account: owedOn(tools, channelId, currency), amountMinor: total },
      { account: accountOf('payer/credit', 0, currency), amountMinor: -total },
    ],
  });
  return { reversalId, journalId };
}

/** The channel owes nothing for it and gives all back to the payer; what the agency is owed is the operator's to bear. */
async function absorb(
  tx: Tx,
  tools: ResolutionTools,
  { paymentId, billerId, channelId }: Dispute,
): Promise<Carried> {
  if (paymentId === null) throw impossible('there is no payment to give back');
  const { currency, amount_minor: amount, fee_minor: fee } = await lockToAbsorb(tx, paymentId);
  const total = amount + fee;
  const day = await lockBook(tx, tools.directory, billerId);
  await charge(tx, tools, channelId, money(-total, currency));
  const { journalId } = await bookOnChannel(tx, tools, day, {
    kind: 'dispute',
    paymentId,
    billerId,
    currency,
    suspenseMinor: 0n,
    postings: [
      { account: accountOf('dispute/loss', 0, currency), amountMinor: total },
      { account: owedOn(tools, channelId, currency), amountMinor: -total },
    ],
  });
  await absorbed(tx, { paymentId, journalId, recordedAt: day.now });
  return { ...NOTHING, journalId };
}

/** Each payer gets what went to his bills; the fee was handed over with the first of them. */
function shares({ lines, fee_minor: fee }: Undone): { payerId: string; amountMinor: bigint }[] {
  return lines.map(({ payer_id: payerId, amount_minor: amount }, i) => {
    if (payerId === null) throw impossible('nobody knows whose bill it was');
    return { payerId, amountMinor: i === 0 ? amount + fee : amount };
  });
}
