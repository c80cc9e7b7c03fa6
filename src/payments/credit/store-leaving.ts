// SQL of credit that leaves, and of adjustments: both are written once and never changed.

import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Route } from '../../channels/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface Leaving {
  readonly billerId: number;
  readonly leavingId: Uuid;
  readonly way: 'applied' | 'remitted' | 'refunded';
  readonly payerId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly approvalId: Uuid;
  readonly journalId: Uuid;
  readonly paymentId?: Uuid;
  readonly refund?: {
    readonly holder: string;
    readonly sealedAccount: Buffer;
    readonly shownAccount: string;
    /** undefined: the agency pays, from its own account. */
    readonly paidFrom: number | undefined;
  };
  readonly businessDate: BusinessDate;
  readonly recordedAt: Date;
}

export async function insertLeaving(tx: Tx, of: Leaving): Promise<void> {
  await tx.query(
    `insert into credit_leaving (biller_id, leaving_id, way, payer_id, currency, amount_minor, approval_id, journal_id,
       payment_id, holder, sealed_account, shown_account, paid_from, business_date, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      of.billerId,
      of.leavingId,
      of.way,
      of.payerId,
      of.currency,
      of.amountMinor,
      of.approvalId,
      of.journalId,
      of.paymentId ?? null,
      of.refund?.holder ?? null,
      of.refund?.sealedAccount ?? null,
      of.refund?.shownAccount ?? null,
      of.refund?.paidFrom ?? null,
      of.businessDate,
      of.recordedAt,
    ],
  );
}

export interface Adjustment {
  readonly billerId: number;
  readonly adjustmentId: Uuid;
  readonly kind: 'correction' | 'credit-remitted';
  readonly reason: string;
  /** `direct`: the biller has it already. Left out: via the operator. */
  readonly route?: Route;
  readonly currency: string;
  /** What the biller gets more; negative: less. */
  readonly amountMinor: bigint;
  readonly paymentId?: Uuid | undefined;
  readonly unit?: string | undefined;
  readonly service?: string | undefined;
  readonly budgetLine?: string | undefined;
  readonly channelId?: number | undefined;
  readonly approvalId: Uuid;
  readonly journalId: Uuid;
  readonly businessDate: BusinessDate;
  readonly recordedAt: Date;
}

/** The day is locked by this transaction: nothing enters it after its seal. */
export async function insertAdjustment(tx: Tx, of: Adjustment): Promise<void> {
  await tx.query(
    `insert into adjustment (biller_id, adjustment_id, kind, reason, currency, amount_minor, payment_id, unit, service,
       budget_line, channel_id, approval_id, journal_id, business_date, recorded_at, route)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      of.billerId,
      of.adjustmentId,
      of.kind,
      of.reason,
      of.currency,
      of.amountMinor,
      of.paymentId ?? null,
      of.unit ?? null,
      of.service ?? null,
      of.budgetLine ?? null,
      of.channelId ?? null,
      of.approvalId,
      of.journalId,
      of.businessDate,
      of.recordedAt,
      of.route ?? 'via-operator',
    ],
  );
}
