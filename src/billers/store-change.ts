// SQL by which the operator changes billers, their units, services and budget lines. Every statement moves the
// configuration's revision (trigger), so that gateways read anew; changes are serialised by its row.

import { plainArray, type Tx } from '../platform/db/index.ts';
import type { TermsChange } from '../calendar/index.ts';
import { formatMinor, parseMinor } from '../kernel/money.ts';
import type { BudgetLine, Service, Unit } from './biller.ts';
import type { BillerSettings } from './biller-settings.ts';
import { calendarOf } from './store-calendar.ts';

/** One change of the configuration at a time; waits for the payments that are being decided, and later ones for it. */
export async function lockConfiguration(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock('configuration'::regclass::bigint)`);
  await tx.query('select revision from configuration for update');
}

/** No change of the configuration until this transaction has ended; others may hold it with it. */
export async function shareConfiguration(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared('configuration'::regclass::bigint)`);
}

export async function findBillerId(tx: Tx, code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ biller_id: number }>('select biller_id from biller where code = $1', [code]);
  return row?.biller_id;
}

/** Its first terms are those of its row; later ones are rows of their own (store-calendar.ts). */
const COLUMNS = {
  name: 'jsonb',
  kind: 'text',
  currency: 'text',
  policy: 'text',
  weekend: 'smallint[]',
  penalty: 'jsonb',
  rounding: 'text',
  due_moves_forward: 'boolean',
  reversal_minutes: 'int',
  quote_minutes: 'int',
  remittance_days: 'int',
  fees_settled: 'text',
  funding: 'text',
  approve_above_minor: 'bigint',
  credit_alarm_days: 'smallint',
  direct_proof_days: 'smallint',
};
const NAMES = Object.keys(COLUMNS).join(', ');

/** Parameters from `$first` on, in the order of `valuesOf`. */
function parameters(first: number): string {
  return Object.values(COLUMNS)
    .map((type, index) => `$${first + index}::${type}`)
    .join(', ');
}

/** The configuration is locked: the next number is free. */
export async function insertBiller(tx: Tx, code: string, settings: BillerSettings): Promise<number> {
  const [row] = await tx.query<{ biller_id: number }>(
    `insert into biller (biller_id, code, time_zone, cut_off, ${NAMES})
     select coalesce(max(biller_id), 0) + 1, $1, $2::text, $3::text, ${parameters(4)} from biller
     returning biller_id`,
    [code, settings.timeZone, settings.cutOff, ...valuesOf(settings)],
  );
  if (row === undefined) throw new Error('the biller was not inserted');
  return row.biller_id;
}

/** All but cut-off and time zone: they are moved from a date on. */
export async function updateBiller(tx: Tx, billerId: number, settings: BillerSettings): Promise<void> {
  await tx.query(`update biller set (${NAMES}) = (${parameters(2)}) where biller_id = $1`, [
    billerId,
    ...valuesOf(settings),
  ]);
}

function valuesOf(s: BillerSettings): unknown[] {
  return [
    JSON.stringify(s.name),
    s.kind,
    s.currency,
    s.policy,
    plainArray(s.weekend),
    JSON.stringify(s.penalty),
    s.rounding,
    s.dueMovesForward,
    s.reversalMinutes,
    s.quoteMinutes,
    s.remittanceDays,
    s.feesSettled,
    s.funding,
    parseMinor(s.approveAbove, s.currency),
    s.creditAlarmDays,
    s.directProofDays,
  ];
}

/** Settings as the operator wrote them, the currency among them; cut-off and time zone are those in force. */
export async function settingsOf(tx: Tx, billerId: number): Promise<BillerSettings> {
  const { calendar } = await calendarOf(tx, billerId);
  const { timeZone, cutOff } = calendar;
  return { ...(await storedSettings(tx, billerId)), timeZone, cutOff };
}

async function storedSettings(tx: Tx, billerId: number): Promise<BillerSettings> {
  const [row] = await tx.query<{ settings: BillerSettings; approve_above_minor: bigint }>(
    `select json_build_object('name', name, 'kind', kind, 'currency', currency, 'policy', policy, 'timeZone', time_zone,
              'cutOff', cut_off, 'weekend', weekend, 'penalty', penalty, 'rounding', rounding,
              'dueMovesForward', due_moves_forward, 'reversalMinutes', reversal_minutes,
              'quoteMinutes', quote_minutes, 'remittanceDays', remittance_days, 'feesSettled', fees_settled,
              'funding', funding, 'creditAlarmDays', credit_alarm_days, 'directProofDays', direct_proof_days) as settings, approve_above_minor
       from biller where biller_id = $1`,
    [billerId],
  );
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  const { settings, approve_above_minor: minor } = row;
  return { ...settings, approveAbove: formatMinor(minor, settings.currency) };
}

/** What `biller show` prints and the audit log keeps. */
export interface BillerRecord extends BillerSettings {
  readonly billerId: number;
  readonly code: string;
  /** Past and coming ones, oldest first; left out where there never was one. */
  readonly cutOffChanges?: readonly TermsChange[];
}

export async function recordOf(tx: Tx, billerId: number): Promise<BillerRecord> {
  const [row] = await tx.query<{ code: string }>('select code from biller where biller_id = $1', [billerId]);
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  const { calendar } = await calendarOf(tx, billerId);
  const cutOffChanges = (calendar.terms ?? [])
    .slice(1)
    .map(({ fromDate, timeZone, cutOff }) => ({ fromDate, timeZone, cutOff }));
  return {
    billerId,
    code: row.code,
    ...(await settingsOf(tx, billerId)),
    ...(cutOffChanges.length > 0 && { cutOffChanges }),
  };
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

export async function budgetLinesOf(tx: Tx, billerId: number): Promise<BudgetLine[]> {
  const rows = await tx.query<{ line: BudgetLine }>(
    `select json_build_object('code', code, 'name', name) as line from budget_line where biller_id = $1 order by code`,
    [billerId],
  );
  return rows.map((row) => row.line);
}

export async function mergeBudgetLines(
  tx: Tx,
  billerId: number,
  lines: readonly BudgetLine[],
): Promise<void> {
  await tx.query(
    `insert into budget_line (biller_id, code, name)
     select $1, code, name from jsonb_to_recordset($2::jsonb) as l(code text, name jsonb)
     on conflict (biller_id, code) do update set name = excluded.name`,
    [billerId, JSON.stringify(lines)],
  );
}
