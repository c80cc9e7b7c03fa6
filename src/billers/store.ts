// SQL of the billers room.

import type { Tx } from '../platform/db/index.ts';
import type { Rounding } from '../kernel/rounding.ts';
import type {
  AmountPolicy,
  Biller,
  BillerLink,
  FeesSettled,
  Funding,
  Names,
  PenaltyComponent,
} from './biller.ts';
import { CALENDAR_LISTS, toCalendar, type CalendarRow } from './store-calendar.ts';

interface BillerRow extends CalendarRow {
  biller_id: number;
  code: string;
  name: Names;
  currency: string;
  policy: AmountPolicy;
  penalty: PenaltyComponent[];
  rounding: Rounding;
  due_moves_forward: boolean;
  reversal_minutes: number;
  quote_minutes: number;
  remittance_days: number;
  fees_settled: FeesSettled;
  funding: Funding;
  approve_above_minor: bigint;
  credit_alarm_days: number;
  direct_proof_days: number;
  units: string[] | null;
  services: { code: string; budgetLine: string | null }[] | null;
  budget_lines: string[] | null;
  /** null: the agency is local. */
  url: string | null;
  sealed_secret: Buffer;
  deadline_ms: number;
  fresh_for_seconds: number;
  when_down: BillerLink['whenDown'];
  notify: boolean;
}

/** All billers with their calendars, units, services and budget lines, and the link of those that are linked. */
export async function loadBillers(tx: Tx): Promise<Biller[]> {
  const rows = await tx.query<BillerRow>(
    `select b.*, l.url, l.sealed_secret, l.deadline_ms, l.fresh_for_seconds, l.when_down, l.notify,
            ${CALENDAR_LISTS},
            (select array_agg(l.code) from budget_line l where l.biller_id = b.biller_id) as budget_lines,
            (select array_agg(u.code) from unit u where u.biller_id = b.biller_id) as units,
            (select json_agg(json_build_object('code', s.code, 'budgetLine', s.budget_line))
               from service s where s.biller_id = b.biller_id) as services
       from biller b left join biller_link l on l.biller_id = b.biller_id and b.kind = 'linked'
      order by b.biller_id`,
  );
  return rows.map(toBiller);
}

function toBiller(row: BillerRow): Biller {
  return {
    billerId: row.biller_id,
    code: row.code,
    name: row.name,
    currency: row.currency,
    policy: row.policy,
    calendar: toCalendar(row),
    penalty: row.penalty,
    rounding: row.rounding,
    dueMovesForward: row.due_moves_forward,
    reversalMinutes: row.reversal_minutes,
    quoteMinutes: row.quote_minutes,
    remittanceDays: row.remittance_days,
    feesSettled: row.fees_settled,
    funding: row.funding,
    approveAboveMinor: row.approve_above_minor,
    creditAlarmDays: row.credit_alarm_days,
    directProofDays: row.direct_proof_days,
    budgetLines: new Set(row.budget_lines ?? []),
    units: new Set(row.units ?? []),
    services: new Map(
      (row.services ?? []).map((s) => [s.code, s.budgetLine === null ? {} : { budgetLine: s.budgetLine }]),
    ),
    ...(row.url !== null && { link: toLink(row, row.url) }),
  };
}

function toLink(row: BillerRow, url: string): BillerLink {
  return {
    url,
    sealedSecret: row.sealed_secret,
    deadlineMs: row.deadline_ms,
    freshForSeconds: row.fresh_for_seconds,
    whenDown: row.when_down,
    notify: row.notify,
  };
}
