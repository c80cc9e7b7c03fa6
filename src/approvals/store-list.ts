// SQL that looks requests up: one with all that was said, and the lists of work.

import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Approval } from './approval.ts';
import type { ApprovalAction, ApprovalState } from './states.ts';
import { APPROVAL, toApproval, type ApprovalRow } from './store.ts';

export async function findApproval(
  tx: Tx,
  billerId: number,
  approvalId: Uuid,
): Promise<Approval | undefined> {
  const [row] = await tx.query<ApprovalRow>(
    `select ${APPROVAL} from approval a where a.biller_id = $1 and a.approval_id = $2`,
    [billerId, approvalId],
  );
  return row === undefined ? undefined : toApproval(row);
}

export async function findBillerId(tx: Tx, code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ biller_id: number }>('select biller_id from biller where code = $1', [code]);
  return row?.biller_id;
}

export interface StepRow {
  action: ApprovalAction;
  round: number;
  step: number;
  comment: string | null;
  recorded_at: Date;
  staff_id: Uuid | null;
  login: string | null;
  name: string | null;
}

/** In order. */
export function readSteps(
  tx: Tx,
  { billerId, approvalId }: Pick<Approval, 'billerId' | 'approvalId'>,
): Promise<StepRow[]> {
  return tx.query<StepRow>(
    `select p.action, p.round, p.step, p.comment, p.recorded_at, p.staff_id, s.login, s.name
       from approval_step p left join staff s using (staff_id)
      where p.biller_id = $1 and p.approval_id = $2 order by p.recorded_at, p.step_id`,
    [billerId, approvalId],
  );
}

export async function lastComment(
  tx: Tx,
  approval: Pick<Approval, 'billerId' | 'approvalId'>,
): Promise<StepRow | undefined> {
  const last = (await readSteps(tx, approval)).at(-1);
  return last?.action === 'commented' ? last : undefined;
}

export interface ListWish {
  /** null: every biller's, and the operator's own. */
  readonly billerId: number | null;
  readonly state: ApprovalState | null;
  readonly kind: string | null;
  readonly askedBy: Uuid | null;
  /** Only what this person could decide now: not his own, and not accepted by him in this round. */
  readonly toDecide: { readonly staffId: Uuid; readonly kinds: readonly string[] } | null;
  readonly after: Uuid | null;
  readonly limit: number;
}

export interface ListedRow extends ApprovalRow {
  biller_code: string | null;
  login: string | null;
  name: string | null;
}

/** The newest first. */
export function listApprovals(tx: Tx, wish: ListWish): Promise<ListedRow[]> {
  return tx.query<ListedRow>(
    `select ${APPROVAL}, b.code as biller_code, s.login, s.name
       from approval a left join biller b on b.biller_id = a.biller_id left join staff s on s.staff_id = a.asked_by
      where ($1::int is null or a.biller_id = $1)
        and ($2::text is null or a.state = $2)
        and ($3::text is null or a.kind = $3)
        and ($4::uuid is null or a.asked_by = $4)
        and ($5::uuid is null or a.state = 'open' and a.kind = any($6::text[]) and a.asked_by is distinct from $5
             and not exists (select from approval_step p
                              where p.biller_id = a.biller_id and p.approval_id = a.approval_id and p.round = a.round
                                and p.action = 'accepted' and p.staff_id = $5))
        and ($7::uuid is null or a.approval_id < $7)
      order by a.approval_id desc limit $8`,
    [
      wish.billerId,
      wish.state,
      wish.kind,
      wish.askedBy,
      wish.toDecide?.staffId ?? null,
      wish.toDecide?.kinds ?? null,
      wish.after,
      wish.limit,
    ],
  );
}

export async function readOne(tx: Tx, billerId: number, approvalId: Uuid): Promise<ListedRow | undefined> {
  const [row] = await tx.query<ListedRow>(
    `select ${APPROVAL}, b.code as biller_code, s.login, s.name
       from approval a left join biller b on b.biller_id = a.biller_id left join staff s on s.staff_id = a.asked_by
      where a.biller_id = $1 and a.approval_id = $2`,
    [billerId, approvalId],
  );
  return row;
}
