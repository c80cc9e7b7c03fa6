// SQL of debits at the payer's word: which were asked for, which bills may be meant, and the one that comes of it.

import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { plainArray, textArray, type Tx } from '../../platform/db/index.ts';
import { payerWith, type DebitRef } from '../debits/index.ts';
import type { Mandate } from '../mandates/index.ts';
import type { DecidedDebit } from './decide-debit.ts';

export async function findByReference(
  tx: Tx,
  billerId: number,
  reference: string,
): Promise<{ readonly debitId: Uuid; readonly fingerprint: Readonly<Record<string, string>> } | undefined> {
  const [row] = await tx.query<{ debitId: Uuid; fingerprint: Record<string, string> }>(
    'select debit_id as "debitId", fingerprint from debit_order where biller_id = $1 and reference = $2',
    [billerId, reference],
  );
  return row;
}

type Key = Pick<Mandate, 'billerId' | 'mandateId'>;

/** Open bills of fixed amounts that the mandate covers with this agency, the oldest due first. */
export async function openUnder(
  tx: Tx,
  billerId: number,
  of: Key,
  today: BusinessDate,
): Promise<{ readonly billNumber: string; readonly isLive: boolean }[]> {
  return tx.query(
    `select distinct b.due_on, b.bill_number as "billNumber",
            exists (select from debit_bill d where d.biller_id = $1 and d.bill_number = b.bill_number and d.live) as "isLive"
       from mandate_cover c
       join bill b on b.biller_id = $1 and b.payer_id = c.payer_id and b.status = 'open' and b.amount_minor is not null
        and (c.units = '{}' or b.unit = any(c.units)) and (b.expires_on is null or b.expires_on >= $4)
      where c.biller_id = $1 and c.mandate_biller_id = $2 and c.mandate_id = $3 and c.state = 'accepted'
      order by b.due_on, b.bill_number`,
    [billerId, of.billerId, of.mandateId, today],
  );
}

/** The bills are locked. Those that another debit collects. */
export async function liveOnes(
  tx: Tx,
  billerId: number,
  billNumbers: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ billNumber: string }>(
    `select bill_number as "billNumber" from debit_bill where biller_id = $1 and bill_number = any($2::text[]) and live`,
    [billerId, textArray(billNumbers)],
  );
  return new Set(rows.map((row) => row.billNumber));
}

/** What counts against the ceiling of the month of this day. The mandate is locked. */
export async function monthUsed(tx: Tx, of: Key, on: BusinessDate): Promise<bigint> {
  const [row] = await tx.query<{ minor: bigint }>(
    `select coalesce(sum(amount_minor), 0)::bigint as minor from debit_order
      where mandate_biller_id = $1 and mandate_id = $2 and state in ('planned', 'built', 'sent', 'collected')
        and collect_on >= date_trunc('month', $3::date)::date
        and collect_on < (date_trunc('month', $3::date) + interval '1 month')::date`,
    [of.billerId, of.mandateId, on],
  );
  return row?.minor ?? 0n;
}

export interface NewDebit {
  readonly billerId: number;
  readonly mandate: Mandate;
  readonly reference: string;
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly decided: DecidedDebit;
  readonly owedAsOf: BusinessDate;
  readonly collectOn: BusinessDate;
  readonly sendOn: BusinessDate;
  readonly actor: string;
  readonly at: Date;
}

/** Planned, which is its first step: the history has who asked. Throws a unique violation (23505) when the reference, or one of the bills, has been taken meanwhile. */
export async function insertDebit(tx: Tx, debit: NewDebit): Promise<DebitRef> {
  const { billerId, mandate, decided, at } = debit;
  const debitId = newId(at.getTime(), billerId);
  await tx.query(
    `insert into debit_order (biller_id, debit_id, mandate_biller_id, mandate_id, payer_id, channel_id, cause, reference, fingerprint,
       attempt, currency, amount_minor, collect_on, send_on, state, revision, planned_at, changed_at)
     select $1, $2, $3, $4, ${payerWith('$1')}, $5, 'demand', $6, $7, 1, $8, $9, $10, $11, 'planned', 2, $12, $12
       from mandate m where m.biller_id = $3 and m.mandate_id = $4`,
    [
      billerId,
      debitId,
      mandate.billerId,
      mandate.mandateId,
      mandate.channelId,
      debit.reference,
      JSON.stringify(debit.fingerprint),
      mandate.currency,
      decided.amountMinor,
      debit.collectOn,
      debit.sendOn,
      at,
    ],
  );
  await tx.query(
    `insert into debit_bill (biller_id, debit_id, bill_number, due_on, owed_as_of, amount_minor, bill_revision, live)
     select $1, $2, b.bill_number, b.due_on, $3, b.minor, b.revision, true
       from unnest($4::text[], $5::date[], $6::bigint[], $7::int[]) as b(bill_number, due_on, minor, revision)`,
    [
      billerId,
      debitId,
      debit.owedAsOf,
      textArray(decided.bills, (bill) => bill.billNumber),
      plainArray(decided.bills, (bill) => bill.dueOn),
      plainArray(decided.bills, (bill) => bill.minor),
      plainArray(decided.bills, (bill) => bill.revision),
    ],
  );
  await tx.query(
    `insert into debit_step (biller_id, debit_id, step_id, state, actor, recorded_at) values ($1, $2, $3, 'planned', $4, $5)`,
    [billerId, debitId, newId(at.getTime(), billerId), debit.actor, at],
  );
  return { billerId, debitId };
}
