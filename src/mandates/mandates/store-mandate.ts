// SQL of one mandate and of what it covers: written, found, locked, changed. Requests about a mandate are locked before it.

import { billerOf, newId, type Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Collect, Mandate, PayersContact, Side } from './mandate.ts';
import type { MandateAction, MandateState } from './states.ts';

export interface MandateRow {
  biller_id: number;
  mandate_id: Uuid;
  reference: string;
  opened_by: Side;
  opener: number;
  channel_id: number;
  payer_id: string;
  payer_name: string;
  contact: PayersContact | null;
  holder: string;
  sealed_account: Buffer;
  shown_account: string;
  account_kind: Mandate['accountKind'];
  collect: Collect['on'];
  collect_days: number[];
  currency: string;
  per_debit_minor: bigint;
  per_month_minor: bigint;
  valid_from: string;
  valid_until: string | null;
  announce_days: number;
  state: MandateState;
  reason: string | null;
  bank_reference: string | null;
  approval_id: Uuid | null;
  suspended_by: Side[];
  revision: number;
  submissions: number;
  fingerprint: Record<string, string>;
  created_at: Date;
  changed_at: Date;
}

export function toMandate(row: MandateRow): Mandate {
  return {
    billerId: row.biller_id,
    mandateId: row.mandate_id,
    reference: row.reference,
    openedBy: row.opened_by,
    opener: row.opener,
    channelId: row.channel_id,
    payerId: row.payer_id,
    payerName: row.payer_name,
    contact: row.contact,
    holder: row.holder,
    sealedAccount: row.sealed_account,
    shownAccount: row.shown_account,
    accountKind: row.account_kind,
    collect: row.collect === 'days' ? { on: 'days', days: row.collect_days } : { on: row.collect },
    currency: row.currency,
    perDebitMinor: row.per_debit_minor,
    perMonthMinor: row.per_month_minor,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
    announceDays: row.announce_days,
    state: row.state,
    reason: row.reason,
    bankReference: row.bank_reference,
    approvalId: row.approval_id,
    suspendedBy: row.suspended_by,
    revision: row.revision,
    submissions: row.submissions,
    fingerprint: row.fingerprint,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

const CHANGING = `channel_id, payer_id, payer_name, contact, holder, sealed_account, shown_account, account_kind, collect,
  collect_days, currency, per_debit_minor, per_month_minor, valid_from, valid_until, announce_days, state, reason,
  bank_reference, approval_id, suspended_by, revision, submissions, changed_at`;

function changing(of: Mandate): unknown[] {
  return [
    of.channelId,
    of.payerId,
    of.payerName,
    of.contact === null ? null : JSON.stringify(of.contact),
    of.holder,
    of.sealedAccount,
    of.shownAccount,
    of.accountKind,
    of.collect.on,
    of.collect.on === 'days' ? of.collect.days : [],
    of.currency,
    of.perDebitMinor,
    of.perMonthMinor,
    of.validFrom,
    of.validUntil,
    of.announceDays,
    of.state,
    of.reason,
    of.bankReference,
    of.approvalId,
    of.suspendedBy,
    of.revision,
    of.submissions,
    of.changedAt,
  ];
}

/** False: the reference stands for another; nothing was written. */
export async function insertMandate(tx: Tx, of: Mandate): Promise<boolean> {
  const rows = await tx.query(
    `insert into mandate (biller_id, mandate_id, reference, opened_by, opener, fingerprint, created_at, ${CHANGING})
     values (${Array.from({ length: 31 }, (_, i) => `$${i + 1}`).join(', ')}) on conflict do nothing returning 1`,
    [
      of.billerId,
      of.mandateId,
      of.reference,
      of.openedBy,
      of.opener,
      JSON.stringify(of.fingerprint),
      of.createdAt,
      ...changing(of),
    ],
  );
  return rows.length === 1;
}

/** The mandate is locked by this transaction. */
export async function updateMandate(tx: Tx, of: Mandate): Promise<void> {
  await tx.query(
    `update mandate set (${CHANGING}) = (${Array.from({ length: 24 }, (_, i) => `$${i + 3}`).join(', ')})
      where biller_id = $1 and mandate_id = $2`,
    [of.billerId, of.mandateId, ...changing(of)],
  );
}

export async function findMandate(
  tx: Tx,
  mandateId: Uuid,
  lock: '' | 'for no key update' = '',
): Promise<Mandate | undefined> {
  const [row] = await tx.query<MandateRow>(
    `select * from mandate where biller_id = $1 and mandate_id = $2 ${lock}`,
    [billerOf(mandateId), mandateId],
  );
  return row === undefined ? undefined : toMandate(row);
}

export async function findByReference(
  tx: Tx,
  { billerId, opener, reference }: Pick<Mandate, 'billerId' | 'opener' | 'reference'>,
): Promise<Mandate | undefined> {
  const [row] = await tx.query<MandateRow>(
    'select * from mandate where biller_id = $1 and opener = $2 and reference = $3',
    [billerId, opener, reference],
  );
  return row === undefined ? undefined : toMandate(row);
}

export interface NewStep {
  readonly action: MandateAction;
  /** After it. */
  readonly state: MandateState;
  readonly side: Side | 'system';
  readonly staffId: Uuid | null;
  readonly client: string | null;
  readonly reason: string | null;
  readonly content?: Readonly<Record<string, string>> | undefined;
  readonly at: Date;
}

export async function insertStep(
  tx: Tx,
  { billerId, mandateId }: Pick<Mandate, 'billerId' | 'mandateId'>,
  step: NewStep,
): Promise<void> {
  await tx.query(
    `insert into mandate_step (biller_id, mandate_id, step_id, action, state, side, staff_id, client, reason, content, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      billerId,
      mandateId,
      newId(step.at.getTime(), billerId),
      step.action,
      step.state,
      step.side,
      step.staffId,
      step.client,
      step.reason,
      step.content === undefined ? null : JSON.stringify(step.content),
      step.at,
    ],
  );
}
