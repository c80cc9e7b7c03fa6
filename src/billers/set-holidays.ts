// Holidays of a biller or a bank: the one way in which they change. A tentative one counts until it is struck. Struck
// rows stay, for reports name them. What is said again changes nothing and leaves no trace.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import { isHolidayState, LONGEST_HOLIDAY_NAME, type Holiday } from '../calendar/index.ts';
import { isBusinessDate } from '../kernel/business-date.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import { lockConfiguration } from './store-change.ts';
import { findOwnerId, holidaysOf, mergeHolidays, type CalendarOwner } from './store-holiday.ts';

export interface HolidayChange {
  readonly before?: Holiday;
  readonly after: Holiday;
}

/** What changed, by date. `dryRun`: what would, and nothing does. Refuses an unknown owner and what is no holiday. */
export async function setHolidays(
  database: Database,
  owner: CalendarOwner,
  holidays: readonly Holiday[],
  actor: Actor,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Outcome<HolidayChange[]>> {
  const bad = holidays.find((holiday) => !isHoliday(holiday));
  if (bad !== undefined)
    return {
      ok: false,
      reason: `holiday ${bad.onDate} ${bad.name}: a date YYYY-MM-DD and a name of up to ${LONGEST_HOLIDAY_NAME} characters are needed`,
    };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const ownerId = await findOwnerId(tx, owner);
    if (ownerId === undefined) return { ok: false, reason: noOwner(owner) };
    const changes = changesOf(await holidaysOf(tx, owner.kind, ownerId), holidays);
    if (!dryRun && changes.length > 0) await record(tx, owner, ownerId, changes, actor);
    return { ok: true, value: changes };
  });
}

/** Another state for a holiday that is known by its date: a moon that was seen, or was not. */
export async function decideHoliday(
  database: Database,
  owner: CalendarOwner,
  onDate: string,
  state: 'confirmed' | 'struck',
  actor: Actor,
): Promise<Outcome<HolidayChange[]>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const ownerId = await findOwnerId(tx, owner);
    if (ownerId === undefined) return { ok: false, reason: noOwner(owner) };
    const known = await holidaysOf(tx, owner.kind, ownerId);
    const standing = known.find((holiday) => holiday.onDate === onDate);
    if (standing === undefined)
      return { ok: false, reason: `${owner.kind} ${owner.code} has no holiday on ${onDate}: add it first` };
    const changes = changesOf(known, [{ ...standing, state }]);
    if (changes.length > 0) await record(tx, owner, ownerId, changes, actor);
    return { ok: true, value: changes };
  });
}

export function noOwner({ kind, code }: CalendarOwner): string {
  return `there is no ${kind} ${code}`;
}

function isHoliday({ onDate, name, state }: Holiday): boolean {
  const isNamed = name.trim() !== '' && name.length <= LONGEST_HOLIDAY_NAME;
  return isBusinessDate(onDate) && isNamed && isHolidayState(state);
}

/** Of two for one date the later in the list counts. */
function changesOf(known: readonly Holiday[], wanted: readonly Holiday[]): HolidayChange[] {
  const standing = new Map(known.map((holiday) => [holiday.onDate, holiday]));
  const byDate = new Map(wanted.map((holiday) => [holiday.onDate, holiday]));
  return [...byDate.values()]
    .map((after) => ({ before: standing.get(after.onDate), after }))
    .filter(({ before, after }) => before?.name !== after.name || before.state !== after.state)
    .map(({ before, after }) => ({ ...(before && { before }), after }))
    .sort((a, b) => (a.after.onDate < b.after.onDate ? -1 : 1));
}

async function record(
  tx: Tx,
  owner: CalendarOwner,
  ownerId: number,
  changes: readonly HolidayChange[],
  actor: Actor,
): Promise<void> {
  const after = changes.map((change) => change.after);
  await mergeHolidays(tx, owner.kind, ownerId, after);
  const before = changes.flatMap((change) => change.before ?? []);
  const subject = `${owner.kind}/${owner.code}`;
  await recordAudit(tx, actor, { action: `${owner.kind}.set-holidays`, subject, before, after });
}
