// From the rows that a group has read under its locks to what it knows when it decides.

import { storedBill, type LockedBill } from '../bills/index.ts';
import type { PositionRow, Snapshot, UsageRow } from '../channels/index.ts';
import { billKey, positionKey, referenceKey, usageKey, type Facts, type OpenDay } from './facts.ts';
import type { DayRow, LoadRow } from './store-load.ts';

/** Bills, days, nothing, references with the time, positions and usage: what a group has read under its locks. */
export type Loaded = readonly [LockedBill[], DayRow[], unknown, LoadRow[], PositionRow[], UsageRow[]];

/** undefined: the snapshot is older than the configuration that was locked. */
export function factsOf(
  [bills, days, , loaded, positions, usage]: Loaded,
  snapshot: Snapshot,
): Facts | undefined {
  if (days[0]?.revision !== snapshot.revision) return undefined;
  const now = loaded[0]?.now;
  if (now === undefined) throw new Error('the database told no time');
  return {
    now,
    nowText: now.toISOString(),
    snapshot,
    bills: new Map(
      bills.map((row) => [
        billKey(row.biller_id, row.bill_number),
        storedBill(row, snapshot.billersById.get(row.biller_id)?.currency ?? ''),
      ]),
    ),
    withContact: new Set(
      bills.filter((row) => row.has_contact).map((row) => billKey(row.biller_id, row.bill_number)),
    ),
    days: openDays(days),
    references: recordedReferences(loaded),
    positions: new Map(
      positions.map((row: PositionRow) => [
        positionKey(row.channel_id, row.currency),
        { availableMinor: row.available_minor },
      ]),
    ),
    usage: new Map(
      usage.map((row: UsageRow) => [
        usageKey(row.channel_id, row.currency, row.business_date),
        row.accepted_minor,
      ]),
    ),
  };
}

function openDays(rows: readonly DayRow[]): Map<number, OpenDay[]> {
  const days = new Map<number, OpenDay[]>();
  for (const row of rows) {
    if (row.biller_id === null) continue;
    const ofBiller = days.get(row.biller_id) ?? [];
    ofBiller.push({
      businessDate: row.business_date,
      cutOffAt: row.cut_off_at,
      cutOffText: row.cut_off_at.toISOString(),
    });
    days.set(row.biller_id, ofBiller);
  }
  return days;
}

function recordedReferences(rows: readonly LoadRow[]): Facts['references'] {
  const references: Facts['references'] = new Map();
  for (const row of rows) {
    if (row.channel_id === null) continue;
    const { outcome, fingerprint, answer, problem, reversed } = row;
    references.set(referenceKey(row.channel_id, row.reference), {
      outcome,
      fingerprint,
      answer,
      refusal: problem,
      reversed,
    });
  }
  return references;
}
