// SQL by which the operator changes billers, their units, services and holidays. Every statement moves the
// configuration's revision (trigger), so that gateways read anew; changes are serialised by its row.

import { plainArray, textArray, type Tx } from '../platform/db/index.ts';
import type { Holiday, Service, Unit } from './biller.ts';
import type { BillerSettings } from './biller-settings.ts';

/** One change of the configuration at a time; waits for the payments that are being decided, and later ones for it. */
export async function lockConfiguration(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock('configuration'::regclass::bigint)`);
  await tx.query('select revision from configuration for update');
}

export async function timeOfBooks(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now;
}

export async function findBillerId(tx: Tx, code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ biller_id: number }>('select biller_id from biller where code = $1', [code]);
  return row?.biller_id;
}

const COLUMNS = `name, kind, currency, policy, time_zone, cut_off, weekend, penalty, rounding, due_moves_forward,
  reversal_minutes, quote_minutes, remittance_days`;

/** The configuration is locked: the next number is free. */
export async function insertBiller(tx: Tx, code: string, settings: BillerSettings): Promise<number> {
  const [row] = await tx.query<{ biller_id: number }>(
    `insert into biller (biller_id, code, ${COLUMNS})
     select coalesce(max(biller_id), 0) + 1, $1, $2::jsonb, $3::text, $4::text, $5::text, $6::text, $7::text,
            $8::smallint[], $9::jsonb, $10::text, $11::boolean, $12::int, $13::int, $14::int from biller
     returning biller_id`,
    [code, ...valuesOf(settings)],
  );
  if (row === undefined) throw new Error('the biller was not inserted');
  return row.biller_id;
}

export async function updateBiller(tx: Tx, billerId: number, settings: BillerSettings): Promise<void> {
  await tx.query(
    `update biller set (${COLUMNS}) = ($2::jsonb, $3::text, $4::text, $5::text, $6::text, $7::text, $8::smallint[],
            $9::jsonb, $10::text, $11::boolean, $12::int, $13::int, $14::int) where biller_id = $1`,
    [billerId, ...valuesOf(settings)],
  );
}

function valuesOf(s: BillerSettings): unknown[] {
  return [
    JSON.stringify(s.name),
    s.kind,
    s.currency,
    s.policy,
    s.timeZone,
    s.cutOff,
    plainArray(s.weekend),
    JSON.stringify(s.penalty),
    s.rounding,
    s.dueMovesForward,
    s.reversalMinutes,
    s.quoteMinutes,
    s.remittanceDays,
  ];
}

/** Settings as the operator wrote them, the currency among them. */
export async function settingsOf(tx: Tx, billerId: number): Promise<BillerSettings> {
  const [row] = await tx.query<{ settings: BillerSettings }>(
    `select json_build_object('name', name, 'kind', kind, 'currency', currency, 'policy', policy, 'timeZone', time_zone,
              'cutOff', cut_off, 'weekend', weekend, 'penalty', penalty, 'rounding', rounding,
              'dueMovesForward', due_moves_forward, 'reversalMinutes', reversal_minutes,
              'quoteMinutes', quote_minutes, 'remittanceDays', remittance_days) as settings
       from biller where biller_id = $1`,
    [billerId],
  );
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  return row.settings;
}

/** What `biller show` prints and the audit log keeps. */
export interface BillerRecord extends BillerSettings {
  readonly billerId: number;
  readonly code: string;
}

export async function recordOf(tx: Tx, billerId: number): Promise<BillerRecord> {
  const [row] = await tx.query<{ code: string }>('select code from biller where biller_id = $1', [billerId]);
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  return { billerId, code: row.code, ...(await settingsOf(tx, billerId)) };
}

export async function billerCodes(tx: Tx): Promise<{ billerId: number; code: string }[]> {
  const rows = await tx.query<{ biller_id: number; code: string }>(
    'select biller_id, code from biller order by biller_id',
  );
  return rows.map((row) => ({ billerId: row.biller_id, code: row.code }));
}

export async function unitsOf(tx: Tx, billerId: number): Promise<Unit[]> {
  const rows = await tx.query<{ unit: Unit }>(
    `select json_strip_nulls(json_build_object('code', code, 'parent', parent, 'name', name)) as unit
       from unit where biller_id = $1 order by code`,
    [billerId],
  );
  return rows.map((row) => row.unit);
}

export async function mergeUnits(tx: Tx, billerId: number, units: readonly Unit[]): Promise<void> {
  await tx.query(
    `insert into unit (biller_id, code, parent, name)
     select $1, code, parent, name from jsonb_to_recordset($2::jsonb) as u(code text, parent text, name jsonb)
     on conflict (biller_id, code) do update set parent = excluded.parent, name = excluded.name`,
    [billerId, JSON.stringify(units)],
  );
}

export async function servicesOf(tx: Tx, billerId: number): Promise<Service[]> {
  const rows = await tx.query<{ service: Service }>(
    `select json_strip_nulls(json_build_object('code', code, 'name', name, 'budgetLine', budget_line)) as service
       from service where biller_id = $1 order by code`,
    [billerId],
  );
  return rows.map((row) => row.service);
}

export async function mergeServices(tx: Tx, billerId: number, services: readonly Service[]): Promise<void> {
  await tx.query(
    `insert into service (biller_id, code, name, budget_line)
     select $1, code, name, "budgetLine" from jsonb_to_recordset($2::jsonb) as s(code text, name jsonb, "budgetLine" text)
     on conflict (biller_id, code) do update set name = excluded.name, budget_line = excluded.budget_line`,
    [billerId, JSON.stringify(services)],
  );
}

export async function holidaysOf(tx: Tx, billerId: number): Promise<Holiday[]> {
  const rows = await tx.query<{ on_date: string; name: string; state: Holiday['state'] }>(
    'select on_date, name, state from holiday where biller_id = $1 order by on_date',
    [billerId],
  );
  return rows.map((row) => ({ onDate: row.on_date, name: row.name, state: row.state }));
}

export async function mergeHolidays(tx: Tx, billerId: number, holidays: readonly Holiday[]): Promise<void> {
  await tx.query(
    `insert into holiday (biller_id, on_date, name, state)
     select $1, * from unnest($2::date[], $3::text[], $4::text[])
     on conflict (biller_id, on_date) do update set name = excluded.name, state = excluded.state`,
    [
      billerId,
      plainArray(holidays, (h) => h.onDate),
      textArray(holidays, (h) => h.name),
      plainArray(holidays, (h) => h.state),
    ],
  );
}
