// Holidays of a biller. A tentative one counts until it is struck: the moon decides late, and a value date promised
// too early is worse than one promised a day late. Struck rows stay, for reports name them.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import { isBusinessDate } from '../kernel/business-date.ts';
import type { Database } from '../platform/db/index.ts';
import type { Holiday } from './biller.ts';
import { findBillerId, holidaysOf, lockConfiguration, mergeHolidays } from './store-change.ts';

export async function setHolidays(
  database: Database,
  code: string,
  holidays: readonly Holiday[],
  actor: Actor,
): Promise<Outcome<number>> {
  const bad = holidays.find(({ onDate, name }) => !isBusinessDate(onDate) || name.trim() === '');
  if (bad !== undefined)
    return {
      ok: false,
      reason: `holiday ${bad.onDate} ${bad.name}: a date YYYY-MM-DD and a name are needed`,
    };
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const billerId = await findBillerId(tx, code);
    if (billerId === undefined) return { ok: false, reason: `there is no biller ${code}` };
    const before = await holidaysOf(tx, billerId);
    await mergeHolidays(tx, billerId, holidays);
    await recordAudit(tx, actor, {
      action: 'biller.set-holidays',
      subject: `biller/${code}`,
      before,
      after: await holidaysOf(tx, billerId),
    });
    return { ok: true, value: holidays.length };
  });
}
