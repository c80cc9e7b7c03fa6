// What of a payment's life somebody sees. The operator sees all. An agency sees what is between it and the payer, and where its
// money is, but nothing of what the channel and the operator settle with each other. A channel sees what it sent and was
// answered, and nothing of what the agency was told, is owed or does with its bills.

import { billerOf, parseId } from '../../kernel/ids.ts';
import type { Trace } from '../trace.ts';

type Payment = Trace['payments'][number];

export type Eyes =
  | { readonly of: 'operator' }
  | { readonly of: 'agency'; readonly billerId: number }
  | { readonly of: 'channel'; readonly code: string };

export interface Life {
  readonly payment: Partial<Payment>;
  readonly bills: Trace['bills'];
  readonly debits: Trace['debits'];
}

export function partOf(eyes: Eyes, payment: Payment, { bills, debits }: Trace): Life {
  switch (eyes.of) {
    case 'operator':
      return { payment, bills, debits };
    case 'agency':
      return { payment: agencyPart(payment, eyes.billerId), bills, debits };
    case 'channel':
      return { payment: channelPart(payment), bills: [], debits: [] };
  }
}

/** Lines of statements by which the channel pays the operator are theirs. */
const OF_AGENCY = new Set(['direct', 'arrived', 'accepted', 'remittance', 'order-total', 'returned']);

function agencyPart(payment: Payment, billerId: number): Partial<Payment> {
  const { journals: _journals, commission: _commission, ...rest } = payment;
  const { money, breaks } = payment;
  return {
    ...rest,
    money: { ...money, lines: money.lines.filter(({ kind }) => OF_AGENCY.has(kind)) },
    breaks: breaks.filter(({ breakId }) => {
      const id = parseId('brk', breakId);
      return id !== undefined && billerOf(id) === billerId;
    }),
  };
}

function channelPart(payment: Payment): Partial<Payment> {
  const {
    journals: _journals,
    billerFee: _billerFee,
    money: _money,
    events: _events,
    breaks: _breaks,
    rejections: _rejections,
    daySealedAt: _sealed,
    ...rest
  } = payment;
  return { ...rest, disputes: payment.disputes.filter(({ openedBy }) => openedBy !== 'desk') };
}
