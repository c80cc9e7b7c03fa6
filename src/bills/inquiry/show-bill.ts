// One bill as an inquiry answers it: what it owes at this moment, the payer's fee, and the quote that holds both.

import type { KeyObject } from 'node:crypto';
import type { Biller } from '../../billers/index.ts';
import {
  feeFor,
  type Channel,
  type CompiledTerms,
  type Method,
  type OutletKind,
} from '../../channels/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { Refused } from '../../kernel/errors.ts';
import { instantOf } from '../../kernel/ids.ts';
import { maskName } from '../../kernel/mask.ts';
import { formatMinor, type MoneyText } from '../../kernel/money.ts';
import { checkAmount } from '../amount-policy.ts';
import { amountDue, effectiveStatus, type BillStatus } from '../amount-due.ts';
import { signQuote } from '../quote.ts';
import { storedBill, type StoredBill } from '../store-pay.ts';
import type { InquiredBill } from './schema.ts';
import type { AskedBill } from './store-inquiry.ts';

export interface Circumstances {
  readonly biller: Biller;
  readonly channel: Channel;
  readonly terms: CompiledTerms;
  readonly method: Method;
  readonly outletKind: OutletKind | undefined;
  readonly now: Date;
  readonly today: BusinessDate;
  readonly quoteKey: KeyObject;
  /** What the payer chose, where he says so. */
  readonly tenderedMinor?: bigint | undefined;
}

/** Refuses (Refused) an amount that the bill would not take. */
export function showBill(row: AskedBill, of: Circumstances): InquiredBill {
  const { biller, channel } = of;
  const bill = storedBill(row, biller.currency);
  const status = effectiveStatus(bill, of.today);
  const { amountDue, penalty, fee, total, quoteId, validUntil } = owed(bill, status, of);
  // Field by field and without spreading, since this is built for every inquiry; undefined fields are left unsaid.
  return {
    billNumber: bill.billNumber,
    payerId: bill.payerId,
    payerName: channel.seesNames ? row.payer_name : maskName(row.payer_name),
    description: row.description,
    status,
    dueOn: bill.dueOn,
    expiresOn: bill.expiresOn,
    amountDue,
    penalty,
    fee,
    total,
    policy: biller.policy,
    min: bill.minMinor === null ? undefined : text(bill.minMinor, biller.currency),
    max: bill.maxMinor === null ? undefined : text(bill.maxMinor, biller.currency),
    step: bill.stepMinor === null ? undefined : text(bill.stepMinor, biller.currency),
    lines: showLines(row.lines, biller.currency),
    paidAt: bill.paymentId === null ? undefined : instantOf(bill.paymentId).toISOString(),
    quoteId,
    validUntil,
  };
}

type Owed = Pick<InquiredBill, 'amountDue' | 'penalty' | 'fee' | 'total' | 'quoteId' | 'validUntil'>;

/** Nothing is owed on a bill that cannot be paid; an open amount is chosen by the payer, and its fee with it. */
function owed(bill: StoredBill, status: BillStatus, of: Circumstances): Owed {
  const { currency } = of.biller;
  const none = text(0n, currency);
  if (status !== 'open')
    return { amountDue: none, penalty: none, fee: none, total: none, quoteId: null, validUntil: null };
  const { dueMinor, penaltyMinor } = amountDue(bill, of.biller, of.today);
  const validUntil = of.now.getTime() + of.biller.quoteMinutes * 60_000;
  const quoteId = signQuote(of.quoteKey, {
    billerId: bill.billerId,
    channelId: of.channel.channelId,
    billNumber: bill.billNumber,
    revision: bill.revision,
    dueMinor,
    penaltyMinor,
    paidOn: of.today,
    quotedAt: of.now.getTime(),
    validUntil,
  });
  const refusal =
    of.tenderedMinor === undefined
      ? undefined
      : checkAmount(of.biller.policy, bill, of.tenderedMinor, dueMinor);
  if (refusal !== undefined) throw new Refused(refusal);
  const paidMinor = of.tenderedMinor ?? dueMinor;
  const feeMinor = paidMinor === null ? null : feeOf(paidMinor, of);
  return {
    amountDue: dueMinor === null ? null : text(dueMinor, currency),
    penalty: penaltyMinor === 0n ? none : text(penaltyMinor, currency),
    fee: feeMinor === null ? null : text(feeMinor, currency),
    total: paidMinor === null || feeMinor === null ? null : text(paidMinor + feeMinor, currency),
    quoteId,
    validUntil: new Date(validUntil).toISOString(),
  };
}

function feeOf(amountMinor: bigint, { terms, method, outletKind, today }: Circumstances): bigint {
  return feeFor({ terms, method, outletKind, date: today, bills: [{ amountMinor }] }).feeMinor;
}

function text(minor: bigint, currency: string): MoneyText {
  return { value: formatMinor(minor, currency), currency };
}

function showLines(lines: AskedBill['lines'], currency: string): InquiredBill['lines'] {
  return (lines ?? []).map(({ budgetLine, amount }) => ({ budgetLine, amount: { value: amount, currency } }));
}
