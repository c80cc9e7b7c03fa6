// Credit applied to a bill: a payment like any other, decided by the same rules, on the channel `credit`. Two journals: Dr
// payer/credit, Cr receivable of that channel (or, where it lies with the biller, what it credits directly); and the
// payment's own, by that route, which takes the channel's account back to zero.

import { recordAudit, actorOf, type Actor } from '../../access/index.ts';
import type { Approval, ApprovalKind } from '../../approvals/index.ts';
import { BillNumber } from '../../bills/index.ts';
import type { Words } from '../../bills/link/index.ts';
import { ownChannel } from '../../channels/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { newId, showId } from '../../kernel/ids.ts';
import { toText, type Money } from '../../kernel/money.ts';
import { accountOf } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { PaymentCommand } from '../command.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { checkOwnChannel, saidBy, Till } from '../till.ts';
import { mendBooks, type CreditTools } from './kind-tools.ts';
import { heldOn, take } from './leave.ts';
import { placeWith } from './place.ts';
import { amountOf, inWords, malformed, wishOf } from './read-wish.ts';
import { findPayerOfBill } from './store-bill.ts';
import { insertLeaving } from './store-leaving.ts';

const read = wishOf({ billNumber: BillNumber });

export function applyKind(tools: CreditTools): ApprovalKind<Words | undefined> {
  return {
    kind: 'credit-apply',
    deciders: ['operator-admin', 'approver'],
    askers: ['operator-admin', 'support', 'finance-officer'],
    mend: (error) => mendBooks(tools, error),

    /** A linked agency's bill may never have been inquired about: it is there once its agency has spoken of it. */
    async beforeProposal({ billerId, content }) {
      await askAgency(tools, billerId, read(content).billNumber);
    },

    async propose(tx, { billerId, content, person, isAgain }) {
      const wish = read(content);
      const amount = amountOf(wish.amount);
      if (!isAgain) {
        await ownChannel(tx, 'credit', billerId, actorOf(person));
        checkPayer(wish, await findPayerOfBill(tx, billerId, wish.billNumber));
        await placeWith(tx, { billerId, ...wish }, amount);
      }
      const summary = `pay bill ${wish.billNumber} with ${inWords(wish.payerId, amount)}`;
      return { subject: `credit/${wish.payerId}`, summary, content: wish, amount };
    },

    /** As before any payment. */
    beforeLast: ({ billerId, content }) => askAgency(tools, billerId, read(content).billNumber),

    accepted: (tx, approval, actor, words) => apply(tx, tools, { approval, words }, actor),
  };
}

/** What a linked agency says of its bill; undefined: nobody is to be asked. Refuses `agency-unavailable`. */
async function askAgency(
  { directory, link }: CreditTools,
  billerId: number,
  billNumber: string,
): Promise<Words | undefined> {
  const biller = directory.current.billersById.get(billerId);
  return biller?.link === undefined ? undefined : link.refreshBills(biller, biller.link, [billNumber]);
}

interface Application {
  readonly approval: Approval;
  readonly words: Words | undefined;
}

/** Locks the bill, configuration and day (shared), the credit, the reference and balances. */
async function apply(
  tx: Tx,
  tools: CreditTools,
  { approval, words }: Application,
  actor: Actor,
): Promise<void> {
  const { billerId, approvalId } = approval;
  const { payerId, billNumber, ...wish } = read(approval.content);
  const amount = amountOf(wish.amount);
  const channelId = await ownChannel(tx, 'credit', billerId, actor);
  const command = saidBy(words, commandOf(approval, channelId, billNumber, amount));
  const till = await Till.open(tx, tools.directory, [command]);
  checkPayer({ payerId, billNumber }, till.payerOf(billerId, billNumber));
  checkOwnChannel(till, channelId);
  const place = await placeWith(tx, { billerId, payerId }, amount);
  const placed = place === 'biller' ? ({ ...command, route: 'direct' } as const) : command;
  const decision = till.decide(placed);
  if (decision.kind === 'replayed') throw new Error(`credit was applied before under ${command.reference}`);
  if (decision.kind !== 'paid') throw new Refused(decision.refusal);
  await take(tx, billerId, payerId, amount, place);
  till.take(placed, decision);
  const { payment } = decision;
  const journalId = till.post({ billerId, kind: 'credit-applied', paymentId: payment.paymentId }, [
    { account: heldOn(payerId, amount.currency), amountMinor: amount.minor },
    {
      account: accountOf(
        payment.route === 'direct' ? 'channel/direct' : 'channel/receivable',
        channelId,
        amount.currency,
      ),
      amountMinor: -amount.minor,
    },
  ]);
  await till.record(tx, tools.lane);
  await insertLeaving(tx, {
    billerId,
    leavingId: newId(till.now.getTime(), billerId),
    way: 'applied',
    payerId,
    currency: amount.currency,
    amountMinor: amount.minor,
    approvalId,
    journalId,
    paymentId: payment.paymentId,
    businessDate: payment.businessDate,
    recordedAt: till.now,
  });
  const after = {
    amount: toText(amount),
    billNumber,
    payment: showId('pay', payment.paymentId),
    approval: showId('apr', approvalId),
  };
  await recordAudit(tx, actor, { action: 'credit.apply', subject: `credit/${payerId}`, after });
}

function commandOf(
  { billerId, approvalId }: Approval,
  channelId: number,
  billNumber: string,
  { minor, currency }: Money,
): PaymentCommand {
  const items = [{ billNumber, amountMinor: minor, currency, quote: undefined, members: undefined }] as const;
  return {
    channelId,
    billerId,
    reference: showId('apr', approvalId),
    items,
    method: 'account',
    outletKind: undefined,
    occurredAt: '',
    occurredInstant: '',
    feeMinor: undefined,
    cashHeld: false,
    details: {},
    detailsText: null,
    fingerprint: fingerprintOf({ billerId, method: 'account', items }),
  };
}

/** A payer's credit pays his own bills; what lies in suspense may be anybody's. */
function checkPayer(
  { payerId, billNumber }: { payerId: string; billNumber: string },
  payerOfBill: string | undefined,
): void {
  if (payerOfBill === undefined) throw new Refused(refuse('bill-not-found', { billNumber }));
  if (payerId !== '' && payerId !== payerOfBill)
    throw malformed('/content/billNumber', 'the bill is another payer’s');
}
