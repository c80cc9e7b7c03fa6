// SQL of the calendar of a biller: its terms, weekend and holidays, and the changes of its terms.

import { termsAt, termsOver, type BillerCalendar, type TermsChange } from '../calendar/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import type { Tx } from '../platform/db/index.ts';

export interface CalendarRow {
  /** Before the first change. */
  time_zone: string;
  cut_off: string;
  weekend: number[];
  holidays: string[] | null;
  changes: TermsChange[] | null;
  now: Date;
}

/** What the row of `biller b` itself does not have. */
export const CALENDAR_LISTS = `business_now() as now,
            (select array_agg(h.on_date::text) from holiday h where h.biller_id = b.biller_id and h.state <> 'struck') as holidays,
            (select json_agg(json_build_object('fromDate', c.from_date, 'timeZone', c.time_zone, 'cutOff', c.cut_off) order by c.from_date)
               from biller_cut_off c where c.biller_id = b.biller_id) as changes`;

/** Its terms are those in force at the moment of reading. */
export function toCalendar(row: CalendarRow): BillerCalendar {
  const first = { timeZone: row.time_zone, cutOff: row.cut_off };
  const terms = termsOver(first, row.changes ?? []);
  const { timeZone, cutOff } = termsAt(row.now, { ...first, terms });
  return { timeZone, cutOff, terms, weekend: row.weekend, holidays: new Set(row.holidays ?? []) };
}

/** The calendar of a biller beside the time of the books. */
export async function calendarOf(tx: Tx, billerId: number): Promise<{ calendar: BillerCalendar; now: Date }> {
  const [row] = await tx.query<CalendarRow>(
    `select b.time_zone, b.cut_off, b.weekend, ${CALENDAR_LISTS} from biller b where b.biller_id = $1`,
    [billerId],
  );
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  return { calendar: toCalendar(row), now: row.now };
}

/** The configuration is locked. A change from the same date is replaced. */
export async function putCutOff(tx: Tx, billerId: number, change: TermsChange): Promise<void> {
  await tx.query(
    `insert into biller_cut_off (biller_id, from_date, time_zone, cut_off) values ($1, $2, $3, $4)
     on conflict (biller_id, from_date) do update set time_zone = excluded.time_zone, cut_off = excluded.cut_off`,
    [billerId, change.fromDate, change.timeZone, change.cutOff],
  );
}

/** When each business day ends that has its row, by date. */
export async function cutOffsOfDays(
  tx: Tx,
  billerId: number,
  from: BusinessDate,
  to: BusinessDate,
): Promise<Map<BusinessDate, Date>> {
  const rows = await tx.query<{ business_date: BusinessDate; cut_off_at: Date }>(
    `select business_date, cut_off_at from business_day where biller_id = $1 and business_date between $2 and $3`,
    [billerId, from, to],
  );
  return new Map(rows.map((row) => [row.business_date, row.cut_off_at]));
}
