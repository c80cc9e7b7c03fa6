// SQL that looks mandates up: lists, the history of one, those whose time is over.

import type { Json } from '../../kernel/errors.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Mandate, Side } from './mandate.ts';
import type { MandateAction, MandateState } from './states.ts';
import { BANK_TOLD_OF, type BankTold } from './store-ending.ts';
import { toMandate, type MandateRow } from './store-mandate.ts';

type Key = Pick<Mandate, 'billerId' | 'mandateId'>;

export interface MandateListWish {
  /** Its own, and those that cover it and were asked of it. */
  readonly billerId: number | null;
  /** Of this bank, as it may see them: sent to it, or opened by it. */
  readonly seenByChannel: number | null;
  readonly channelCode: string | null;
  readonly state: MandateState | null;
  readonly payerId: string | null;
  readonly openedBy: Side | null;
  readonly reference: string | null;
  readonly bankTold: BankTold | null;
  readonly after: Uuid | null;
  readonly limit: number;
}

/** By the number that the agency itself has for him; to whom all agencies are open, by any. */
const IS_OF_PAYER = `(m.biller_id, m.mandate_id) in (
          select c.mandate_biller_id, c.mandate_id from mandate_cover c where c.payer_id = $5 and ($1::int is null or c.biller_id = $1))
        or m.payer_id = $5 and ($1::int is null or m.biller_id = $1)`;
const FITS = `($2::int is null or m.channel_id = $2 and (m.submissions > 0 or m.opener = $2))
        and ($3::text is null or m.channel_id = (select channel_id from channel where code = $3))
        and ($4::text is null or m.state = $4) and ($5::text is null or ${IS_OF_PAYER})
        and ($6::text is null or m.opened_by = $6) and ($7::text is null or m.reference = $7)
        and ($8::uuid is null or m.mandate_id > $8)
        and ($10::text is null or ${BANK_TOLD_OF} = $10)`;
/** Each half ends at the page's length, so that an agency's page is read along its index however many it has. */
const OF_AGENCY = `(select m.* from mandate m where m.biller_id = $1 and ${FITS} order by m.mandate_id limit $9)
  union all
  (select m.* from mandate m
    where (m.biller_id, m.mandate_id) in (
            select c.mandate_biller_id, c.mandate_id from mandate_cover c
             where c.biller_id = $1 and c.mandate_biller_id <> $1 and c.approval_id is not null)
      and ${FITS} order by m.mandate_id limit $9)
  order by mandate_id limit $9`;
const OF_ALL = `select m.* from mandate m where $1::int is null and ${FITS} order by m.mandate_id limit $9`;

/** The oldest first. */
export async function listMandates(tx: Tx, wish: MandateListWish): Promise<Mandate[]> {
  const rows = await tx.query<MandateRow>(wish.billerId === null ? OF_ALL : OF_AGENCY, [
    wish.billerId,
    wish.seenByChannel,
    wish.channelCode,
    wish.state,
    wish.payerId,
    wish.openedBy,
    wish.reference,
    wish.after,
    wish.limit,
    wish.bankTold,
  ]);
  return rows.map(toMandate);
}

export interface MandateStepRow {
  action: MandateAction;
  state: MandateState;
  side: Side | 'system';
  login: string | null;
  name: string | null;
  /** The agency to which the person belongs; null: none. */
  staff_of: number | null;
  client: string | null;
  reason: string | null;
  content: Record<string, Json> | null;
  recorded_at: Date;
}

/** In order. */
export function readMandateSteps(tx: Tx, { billerId, mandateId }: Key): Promise<MandateStepRow[]> {
  return tx.query<MandateStepRow>(
    `select p.action, p.state, p.side, s.login, s.name, s.biller_id as staff_of, p.client, p.reason, p.content, p.recorded_at
       from mandate_step p left join staff s using (staff_id)
      where p.biller_id = $1 and p.mandate_id = $2 order by p.recorded_at, p.step_id`,
    [billerId, mandateId],
  );
}

/** What the bank has said last, since it was last sent to it. */
export async function lastBankWord(tx: Tx, { billerId, mandateId }: Key): Promise<MandateAction | undefined> {
  const [row] = await tx.query<{ action: MandateAction }>(
    `select action from mandate_step
      where biller_id = $1 and mandate_id = $2 and action in ('submitted', 'bank-validated', 'bank-refused')
      order by recorded_at desc limit 1`,
    [billerId, mandateId],
  );
  return row?.action;
}

/** Those that were valid until a day before `today`, the longest over first. */
export async function listOutlived(
  tx: Tx,
  billerId: number,
  today: BusinessDate,
  limit: number,
): Promise<Uuid[]> {
  const rows = await tx.query<{ mandate_id: Uuid }>(
    `select mandate_id from mandate
      where biller_id = $1 and state in ('accepted', 'suspended') and valid_until < $2
      order by valid_until, mandate_id limit $3`,
    [billerId, today, limit],
  );
  return rows.map((row) => row.mandate_id);
}
