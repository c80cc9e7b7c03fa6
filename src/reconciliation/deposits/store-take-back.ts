// SQL of what a deposit became, for when its money is taken back: by the line that brought it, or by one payment of it.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DepositLine } from './deposit.ts';

type LineKey = Pick<DepositLine, 'statementId' | 'line'>;

export interface DepositPart {
  readonly billerId: number;
  /** null: credit of a payer, without a payment. */
  readonly paymentId: Uuid | null;
  readonly channelId: number | null;
  readonly currency: string;
  readonly amountMinor: bigint;
}

/** Of the whole line, or of one payment; none: it is no deposit. Locks nothing. */
export async function readDeposit(
  tx: Tx,
  of: LineKey | { readonly paymentId: Uuid },
): Promise<DepositPart[]> {
  const [key, line] = 'paymentId' in of ? [of.paymentId, null] : [of.statementId, of.line];
  const rows = await tx.query<{
    biller_id: number;
    payment_id: Uuid | null;
    channel_id: number | null;
    currency: string;
    amount_minor: bigint;
  }>(
    `select m.biller_id, m.subject_id as payment_id, m.channel_id, l.currency, m.amount_minor
       from statement_match m join statement_line l on l.statement_id = m.statement_id and l.line = m.line
      where case when $2::int is null then m.subject_id = $1 else m.statement_id = $1 and m.line = $2 end
        and m.kind in ('deposit', 'credit') order by m.part`,
    [key, line],
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    paymentId: row.payment_id,
    channelId: row.channel_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
  }));
}

export async function isTakenBack(tx: Tx, { statementId, line }: LineKey): Promise<boolean> {
  const rows = await tx.query(
    `select from statement_match where kind = 'takes-back' and subject_id = $1 and subject_line = $2`,
    [statementId, line],
  );
  return rows.length > 0;
}

/** What the channel is owed by now for money of this payment: all of it once the payment is undone, nothing before. */
export async function owedBack(
  tx: Tx,
  { billerId, paymentId, channelId }: { billerId: number; paymentId: Uuid; channelId: number },
): Promise<bigint> {
  const [row] = await tx.query<{ minor: bigint }>(
    `select coalesce(-sum(p.amount_minor), 0)::bigint as minor
       from journal j join posting p using (biller_id, journal_id) join account a using (biller_id, account_no)
      where j.biller_id = $1 and j.payment_id = $2 and a.code = 'channel/receivable' and a.channel_id = $3`,
    [billerId, paymentId, channelId],
  );
  return row?.minor ?? 0n;
}

/** Undone before this transaction; then it is locked, so that what it is owed by now stands still. */
export async function lockUndone(tx: Tx, billerId: number, paymentId: Uuid): Promise<boolean> {
  const rows = await tx.query(
    `select from payment where biller_id = $1 and payment_id = $2 and status = 'reversed' for update`,
    [billerId, paymentId],
  );
  return rows.length > 0;
}
