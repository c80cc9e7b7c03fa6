// SQL of holidays, a biller's and a bank's alike.

import type { Holiday } from '../calendar/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import { plainArray, textArray, type Tx } from '../platform/db/index.ts';

/** Whose calendar: a biller's or one of the operator's banks', by its code. */
export interface CalendarOwner {
  readonly kind: 'biller' | 'bank';
  readonly code: string;
}

const TABLES = {
  biller: { table: 'holiday', key: 'biller_id' },
  bank: { table: 'bank_holiday', key: 'bank_id' },
} as const;

export async function findOwnerId(tx: Tx, { kind, code }: CalendarOwner): Promise<number | undefined> {
  const [row] = await tx.query<{ id: number }>(
    `select ${TABLES[kind].key} as id from ${kind} where code = $1`,
    [code],
  );
  return row?.id;
}

/** In order; struck ones too. */
export async function holidaysOf(
  tx: Tx,
  kind: CalendarOwner['kind'],
  ownerId: number,
  span?: { readonly from: BusinessDate; readonly to: BusinessDate },
): Promise<Holiday[]> {
  const { table, key } = TABLES[kind];
  const rows = await tx.query<{ on_date: string; name: string; state: Holiday['state'] }>(
    `select on_date, name, state from ${table}
      where ${key} = $1 and on_date between coalesce($2::date, '-infinity') and coalesce($3::date, 'infinity')
      order by on_date`,
    [ownerId, span?.from ?? null, span?.to ?? null],
  );
  return rows.map((row) => ({ onDate: row.on_date, name: row.name, state: row.state }));
}

/** The configuration is locked. */
export async function mergeHolidays(
  tx: Tx,
  kind: CalendarOwner['kind'],
  ownerId: number,
  holidays: readonly Holiday[],
): Promise<void> {
  const { table, key } = TABLES[kind];
  await tx.query(
    `insert into ${table} (${key}, on_date, name, state)
     select $1, * from unnest($2::date[], $3::text[], $4::text[])
     on conflict (${key}, on_date) do update set name = excluded.name, state = excluded.state`,
    [
      ownerId,
      plainArray(holidays, (h) => h.onDate),
      textArray(holidays, (h) => h.name),
      plainArray(holidays, (h) => h.state),
    ],
  );
}

export async function timeOfBooks(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now;
}
