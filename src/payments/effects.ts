// What a decided group will write, gathered command by command. Applying a decision also changes the facts, so
// that later commands of the same group see the bill paid, the float spent and the reference taken.

import { Entries } from '../ledger/index.ts';
import type { PaymentCommand } from './command.ts';
import type { Decision } from './decide.ts';
import { billKey, positionKey, referenceKey, usageKey, type Facts } from './facts.ts';
import { owedMinor, type Payment } from './payment.ts';
import { postingsOf } from './postings.ts';
import { showPayment } from './show-payment.ts';
import type { Credited } from './store-credit.ts';

export interface RecordedReference {
  readonly channelId: number;
  readonly reference: string;
  readonly billerId: number;
  readonly paymentId: string | null;
  readonly outcome: 'accepted' | 'credited' | 'refused' | 'cancelled';
  readonly fingerprint: string;
  readonly problem: string | null;
}

export interface PaidAnswer {
  readonly payment: Payment;
  readonly answer: string;
  /** Somebody who paid may have to be told; false: nobody. */
  readonly isForPayers: boolean;
}

export class Effects {
  readonly references: RecordedReference[] = [];
  readonly payments: PaidAnswer[] = [];
  /** Credit that is no payment: of money that came without a bill. */
  readonly held: Credited[] = [];
  readonly entries = new Entries();
  /** Spent by `positionKey`, of channels with a float or a credit limit. */
  readonly spent = new Map<string, { channelId: number; currency: string; minor: bigint }>();
  /** Accepted by `usageKey`, of channels with a limit per day. */
  readonly used = new Map<
    string,
    { channelId: number; currency: string; businessDate: string; minor: bigint }
  >();

  get empty(): boolean {
    return this.references.length === 0;
  }

  /** Returns the answer's body for a payment, nothing for every other decision. */
  apply(command: PaymentCommand, decision: Decision, facts: Facts): string | undefined {
    if (decision.kind === 'refused') {
      const problem = JSON.stringify(decision.refusal);
      this.#take(command, facts, { outcome: 'refused', paymentId: null, problem, answer: null });
    }
    if (decision.kind !== 'paid') return undefined;
    const { payment, channel } = decision;
    const answer = showPayment(payment, command, facts.snapshot);
    this.payments.push({ payment, answer, isForPayers: isForPayers(payment, command, facts) });
    this.#take(command, facts, {
      outcome: payment.status,
      paymentId: payment.paymentId,
      problem: null,
      answer,
    });
    this.#payBills(payment, facts);
    this.#spend(payment, facts);
    this.entries.add(
      {
        billerId: payment.billerId,
        journalId: payment.paymentId,
        kind: payment.status === 'accepted' ? 'payment' : 'credit',
        paymentId: payment.paymentId,
        businessDate: payment.businessDate,
        recordedAt: payment.acceptedAt,
      },
      postingsOf(payment, channel),
    );
    return answer;
  }

  #take(
    { channelId, reference, billerId, fingerprint }: PaymentCommand,
    facts: Facts,
    {
      outcome,
      paymentId,
      problem,
      answer,
    }: Pick<RecordedReference, 'outcome' | 'paymentId' | 'problem'> & { answer: string | null },
  ): void {
    this.references.push({ channelId, reference, billerId, paymentId, outcome, fingerprint, problem });
    const refusal: unknown = problem === null ? null : JSON.parse(problem);
    facts.references.set(referenceKey(channelId, reference), {
      outcome,
      fingerprint,
      answer,
      refusal,
      reversed: false,
    });
  }

  #payBills(payment: Payment, facts: Facts): void {
    if (payment.status !== 'accepted') return;
    for (const { billNumber } of payment.lines) {
      const key = billKey(payment.billerId, billNumber);
      const bill = facts.bills.get(key);
      if (bill !== undefined) facts.bills.set(key, { ...bill, status: 'paid', paymentId: payment.paymentId });
    }
  }

  #spend(payment: Payment, facts: Facts): void {
    const { channelId, currency, businessDate } = payment;
    const position = facts.positions.get(positionKey(channelId, currency));
    if (position !== undefined) {
      const minor = owedMinor(payment);
      position.availableMinor -= minor;
      addTo(this.spent, positionKey(channelId, currency), { channelId, currency, minor });
    }
    const key = usageKey(channelId, currency, businessDate);
    if (facts.snapshot.channelsById.get(channelId)?.limitPerDay[currency] !== undefined) {
      const minor = payment.amountMinor + payment.feeMinor;
      facts.usage.set(key, (facts.usage.get(key) ?? 0n) + minor);
      addTo(this.used, key, { channelId, currency, businessDate, minor });
    }
  }
}

/** A payer is named by the channel or by a bill. Of credit the bills may be unknown here: it is looked at. */
function isForPayers(
  { status, billerId, lines }: Payment,
  { details }: PaymentCommand,
  { withContact }: Facts,
): boolean {
  if (status !== 'accepted' || details.payer !== undefined) return true;
  return (
    withContact.size > 0 && lines.some(({ billNumber }) => withContact.has(billKey(billerId, billNumber)))
  );
}

function addTo<T extends { minor: bigint }>(sums: Map<string, T>, key: string, more: T): void {
  const sum = sums.get(key);
  sums.set(key, sum === undefined ? more : { ...sum, minor: sum.minor + more.minor });
}
