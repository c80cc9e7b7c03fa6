// SQL of what remittances go by: the biller's promises, its accounts in force, and the banks that they are paid from.

import type { BillerCalendar, WorkingWeek } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';

/** A bank of the operator's, as far as orders go by it. */
export interface PayingBank {
  readonly calendar: BillerCalendar;
  readonly leadDays: number;
}

/** Where a unit's money, or the biller's own (unit ''), goes now. */
export interface Destination {
  readonly unit: string;
  readonly version: number;
  readonly paysFrom: number;
  readonly bank: PayingBank;
}

export interface Terms {
  readonly billerId: number;
  readonly code: string;
  readonly week: WorkingWeek;
  /** T+n. */
  readonly days: number;
  readonly funding: 'guaranteed' | 'collected';
  /** More than this is approved by persons. */
  readonly approveAboveMinor: bigint;
  readonly parents: ReadonlyMap<string, string>;
  readonly destinations: ReadonlyMap<string, Destination>;
}

interface BillerRow {
  code: string;
  weekend: number[];
  holidays: BusinessDate[] | null;
  remittance_days: number;
  funding: Terms['funding'];
  approve_above_minor: bigint;
  parents: Record<string, string> | null;
}

export interface BankRow {
  weekend: number[];
  bank_holidays: BusinessDate[] | null;
  time_zone: string;
  cut_off: string;
  lead_days: number;
}

interface AccountRow extends BankRow {
  unit: string;
  version: number;
  pays_from: number;
}

/** The columns of a bank `b` that `toPayingBank` reads. */
export const BANK = `b.weekend, b.time_zone, b.cut_off, b.lead_days,
  (select array_agg(h.on_date::text) from bank_holiday h
    where h.bank_id = b.bank_id and h.state <> 'struck') as bank_holidays`;

export function toPayingBank(row: BankRow): PayingBank {
  const { weekend, time_zone: timeZone, cut_off: cutOff } = row;
  const holidays = new Set(row.bank_holidays ?? []);
  return { calendar: { weekend, timeZone, cutOff, holidays }, leadDays: row.lead_days };
}

/** As they are in force now. Throws when there is no such biller. */
export async function readTerms(tx: Tx, billerId: number): Promise<Terms> {
  const [biller] = await tx.query<BillerRow>(
    `select code, weekend, remittance_days, funding, approve_above_minor,
            (select array_agg(h.on_date::text) from holiday h
              where h.biller_id = biller.biller_id and h.state <> 'struck') as holidays,
            (select json_object_agg(u.code, u.parent) from unit u
              where u.biller_id = biller.biller_id and u.parent is not null) as parents
       from biller where biller_id = $1`,
    [billerId],
  );
  if (biller === undefined) throw new Error(`biller ${billerId} is not there`);
  const accounts = await tx.query<AccountRow>(
    `select a.unit, a.version, a.pays_from, ${BANK}
       from remittance_account a
       join bank_account p on p.account_id = a.pays_from
       join bank b on b.bank_id = p.bank_id
      where a.biller_id = $1 and a.ended_at is null`,
    [billerId],
  );
  return {
    billerId,
    code: biller.code,
    week: { weekend: biller.weekend, holidays: new Set(biller.holidays ?? []) },
    days: biller.remittance_days,
    funding: biller.funding,
    approveAboveMinor: biller.approve_above_minor,
    parents: new Map(Object.entries(biller.parents ?? {})),
    destinations: new Map(
      accounts.map((row) => [
        row.unit,
        { unit: row.unit, version: row.version, paysFrom: row.pays_from, bank: toPayingBank(row) },
      ]),
    ),
  };
}
