// SQL that looks disputes up: lists, the steps of one, requests about it.

import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Dispute, Opener } from './dispute.ts';
import type { DisputeAction } from './states.ts';
import type { DisputeRow } from './store-dispute.ts';

type Key = Pick<Dispute, 'billerId' | 'disputeId'>;

export interface DisputeListWish {
  readonly billerId: number | null;
  /** Of this channel, and no cases. */
  readonly channelId: number | null;
  readonly openedBy: Opener | null;
  readonly state: string | null;
  /** Those whose time has passed. */
  readonly overdue: boolean;
  readonly after: Uuid | null;
  readonly limit: number;
}

export interface ListedDispute extends DisputeRow {
  biller_code: string | null;
  channel_code: string;
  is_overdue: boolean;
  approval_state: string | null;
  payment_reference: string | null;
}

const IS_OVERDUE = `(d.decided_at is null and d.ended_at is null and d.due_at < business_now())`;
const LISTED = `select d.*, b.code as biller_code, c.code as channel_code, ${IS_OVERDUE} as is_overdue,
    (select a.state from approval a where a.biller_id = d.biller_id and a.approval_id = d.approval_id) as approval_state,
    (select p.reference from payment p where p.biller_id = d.biller_id and p.payment_id = d.payment_id) as payment_reference
  from dispute d join channel c on c.channel_id = d.channel_id left join biller b on b.biller_id = d.biller_id`;

/** The oldest first. */
export function listDisputes(tx: Tx, wish: DisputeListWish): Promise<ListedDispute[]> {
  return tx.query<ListedDispute>(
    `${LISTED}
      where ($1::int is null or d.biller_id = $1) and ($2::int is null or d.channel_id = $2 and d.opened_by <> 'desk')
        and ($3::text is null or d.opened_by = $3) and ($4::text is null or d.state = $4)
        and (not $5::boolean or ${IS_OVERDUE}) and ($6::uuid is null or d.dispute_id > $6)
      order by d.dispute_id limit $7`,
    [wish.billerId, wish.channelId, wish.openedBy, wish.state, wish.overdue, wish.after, wish.limit],
  );
}

export async function readDispute(tx: Tx, { billerId, disputeId }: Key): Promise<ListedDispute | undefined> {
  const [row] = await tx.query<ListedDispute>(`${LISTED} where d.biller_id = $1 and d.dispute_id = $2`, [
    billerId,
    disputeId,
  ]);
  return row;
}

export async function findCase(tx: Tx, caseNumber: string): Promise<Uuid | undefined> {
  const [row] = await tx.query<{ dispute_id: Uuid }>(
    'select dispute_id from dispute where case_number = $1',
    [caseNumber],
  );
  return row?.dispute_id;
}

export interface DisputeStepRow {
  action: DisputeAction;
  staff_id: Uuid | null;
  login: string | null;
  name: string | null;
  client: string | null;
  comment: string | null;
  content: Record<string, Json> | null;
  approval_id: Uuid | null;
  recorded_at: Date;
}

/** In order. */
export function readDisputeSteps(tx: Tx, { billerId, disputeId }: Key): Promise<DisputeStepRow[]> {
  return tx.query<DisputeStepRow>(
    `select p.action, p.staff_id, s.login, s.name, p.client, p.comment, p.content, p.approval_id, p.recorded_at
       from dispute_step p left join staff s using (staff_id)
      where p.biller_id = $1 and p.dispute_id = $2 order by p.recorded_at, p.step_id`,
    [billerId, disputeId],
  );
}

export async function lastSaid(tx: Tx, it: Key): Promise<DisputeStepRow | undefined> {
  const last = (await readDisputeSteps(tx, it)).at(-1);
  return last?.action === 'commented' ? last : undefined;
}

/** Whether a decision waits for a person. */
export async function isAsked(
  tx: Tx,
  { billerId, approvalId }: Pick<Dispute, 'billerId' | 'approvalId'>,
): Promise<boolean> {
  const rows = await tx.query(
    `select from approval where biller_id = $1 and approval_id = $2 and state in ('open', 'returned')`,
    [billerId, approvalId],
  );
  return rows.length === 1;
}

/** How many are undecided, and of how many the time has passed. */
export function readStanding(tx: Tx): Promise<{ opened_by: Opener; undecided: number; overdue: number }[]> {
  return tx.query(
    `select w.opened_by, count(d.dispute_id)::int as undecided,
            (count(*) filter (where d.due_at < business_now()))::int as overdue
       from unnest(array['channel', 'desk', 'break']) as w(opened_by)
       left join dispute d on d.opened_by = w.opened_by and d.decided_at is null and d.ended_at is null
      group by 1 order by 1`,
  );
}

/** The request under this reference. */
export async function findAsked(
  tx: Tx,
  billerId: number,
  kind: string,
  reference: string,
): Promise<Uuid | undefined> {
  const [row] = await tx.query<{ approval_id: Uuid }>(
    'select approval_id from approval where biller_id = $1 and kind = $2 and reference = $3',
    [billerId, kind, reference],
  );
  return row?.approval_id;
}
