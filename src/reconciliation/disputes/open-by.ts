// Who may open what: a channel about a payment of its own, the desk about any for a payer who complains.

import { recordAudit } from '../../access/index.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, parseReceipt, type Uuid } from '../../kernel/ids.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { Dispute, Reason } from './dispute.ts';
import { openDispute, shownDispute, type Opening } from './open.ts';
import { findPayment, findPaymentByReceipt, findPaymentOf, type DisputedPayment } from './store-payment.ts';
import { deskPerson, type DisputeCaller } from './who-may.ts';

export interface ChannelWish {
  readonly reference: string;
  readonly paymentId?: string | undefined;
  readonly paymentReference?: string | undefined;
  readonly reason: Reason;
  readonly comment: string;
}

export interface CaseWish {
  readonly reference: string;
  /** Its id, or the number on the receipt. */
  readonly payment: string;
  readonly reason: Reason;
  readonly payerSaid: string;
}

interface Opened {
  readonly dispute: Dispute;
  readonly isNew: boolean;
}

/** Refuses `payment-not-found` (another channel's too), `malformed-request`, `reference-reused`, `dispute-state`. */
export function openByChannel(
  database: Database,
  caller: DisputeCaller,
  channelId: number,
  wish: ChannelWish,
): Promise<Opened> {
  const { paymentId: shown, paymentReference: named } = wish;
  if ((shown === undefined) === (named === undefined)) {
    const errors = [{ pointer: '', detail: 'name the payment by paymentId or by paymentReference' }];
    throw new Refused(refuse('malformed-request', undefined, { errors }));
  }
  return database.transaction(async (tx) => {
    const payment =
      named === undefined ? await byId(tx, shown ?? '') : await findPaymentOf(tx, channelId, named);
    if (payment?.channel_id !== channelId) throw notFound(shown ?? named ?? '');
    const { reference, reason, comment: words } = wish;
    return open(tx, caller, payment, { openedBy: 'channel', opener: channelId, reference, reason, words });
  });
}

/** Refuses `forbidden`, `payment-not-found`, `reference-reused`, `dispute-state`. */
export function openByDesk(database: Database, caller: DisputeCaller, wish: CaseWish): Promise<Opened> {
  deskPerson(caller);
  return database.transaction(async (tx) => {
    const receipt = parseReceipt(wish.payment);
    const payment =
      (await byId(tx, wish.payment)) ??
      (receipt && (await findPaymentByReceipt(tx, receipt.billerId, receipt.receiptNo)));
    if (payment === undefined) throw notFound(wish.payment);
    const { reference, reason, payerSaid: words } = wish;
    return open(tx, caller, payment, { openedBy: 'desk', opener: 0, reference, reason, words });
  });
}

async function open(
  tx: Tx,
  { person, client, actor }: DisputeCaller,
  payment: DisputedPayment,
  of: Pick<Opening, 'openedBy' | 'opener' | 'reference' | 'reason' | 'words'>,
): Promise<Opened> {
  const opened = await openDispute(
    tx,
    {
      ...of,
      billerId: payment.biller_id,
      channelId: payment.channel_id,
      paymentId: payment.payment_id,
      breakId: null,
      currency: payment.currency,
      amountMinor: payment.total_minor,
    },
    { staffId: person?.staffId ?? null, client },
  );
  if (opened.isNew) {
    const { reference, reason } = of;
    const subject = `dispute/${shownDispute(opened.dispute)}`;
    await recordAudit(tx, actor, { action: 'dispute.open', subject, after: { reference, reason } });
  }
  return opened;
}

async function byId(tx: Tx, shown: string): Promise<DisputedPayment | undefined> {
  const id: Uuid | undefined = parseId('pay', shown);
  return id === undefined ? undefined : findPayment(tx, billerOf(id), id);
}

function notFound(paymentId: string): Refused {
  return new Refused(refuse('payment-not-found', { paymentId }));
}
