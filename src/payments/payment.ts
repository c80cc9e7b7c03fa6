// A payment as decided and recorded. Amounts in minor units of one currency: `amountMinor` goes to the bills (or
// to the payer's credit), `feeMinor` is the payer's fee with its tax; the payer hands over both.

import type { Method, Route } from '../channels/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Code } from '../kernel/errors.ts';
import type { Uuid } from '../kernel/ids.ts';
import type { Placement } from './placement.ts';

export interface PaymentLine {
  readonly billNumber: string;
  /** 0 when the bill is not known to us (money held by a machine for it becomes credit in suspense). */
  readonly billRevision: number;
  readonly payerId: string | null;
  readonly amountMinor: bigint;
  /** What the bill needed at that moment, penalty included; null for an open amount. */
  readonly dueMinor: bigint | null;
  readonly penaltyMinor: bigint;
  /** Why the bill could not take the money; then the payment is `credited`. */
  readonly refusal: Code | null;
  /** Absent: the bill belongs to nothing, or its money became credit. */
  readonly placement?: Placement | undefined;
}

export interface FeeSplit {
  readonly feeMinor: bigint;
  readonly billerFeeMinor: bigint;
  readonly taxMinor: bigint;
  readonly commissionMinor: bigint;
}

export interface Payment extends FeeSplit {
  readonly paymentId: Uuid;
  readonly billerId: number;
  readonly channelId: number;
  readonly reference: string;
  readonly status: 'accepted' | 'credited';
  readonly receiptNo: bigint;
  readonly method: Method;
  readonly route: Route;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly businessDate: BusinessDate;
  readonly occurredInstant: string;
  readonly acceptedAt: string;
  readonly reversibleUntil: string;
  readonly details: string | null;
  readonly lines: readonly PaymentLine[];
  /** The payer's bank has taken it: on the direct route the biller has it, whatever became of the bills. */
  readonly isCollected?: boolean;
}

type Whereabouts = Pick<Payment, 'route' | 'status' | 'isCollected'>;

/** It lies on the biller's own account. What a channel holds for bills that cannot be paid it has not passed on. */
export function isWithBiller({ route, status, isCollected }: Whereabouts): boolean {
  return route === 'direct' && (status === 'accepted' || isCollected === true);
}

/** What the channel owes the operator for it, or its float pays: on the direct route the biller's money is elsewhere. */
export function owedMinor(payment: Whereabouts & Pick<Payment, 'amountMinor' | 'feeMinor'>): bigint {
  return isWithBiller(payment) ? payment.feeMinor : payment.amountMinor + payment.feeMinor;
}
