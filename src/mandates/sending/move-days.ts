// A holiday that is declared after debits were planned moves what is not built: collected on the next day that works, owed as
// before. Whom the old day was told is told the new one.

import { businessNow } from '../../approvals/index.ts';
import { nextWorkingDay } from '../../calendar/index.ts';
import { factsOf, leadOf, sendDay } from '../planning/index.ts';
import { WORKER, type SendParts } from './send-parts.ts';
import { lockDay, unsentDays } from './store-review.ts';
import { moveToDays } from '../debits/index.ts';

const LOT_DEBITS = 1_000;

/** How many were moved. */
export async function moveDays({ database, directory }: SendParts, billerId: number): Promise<number> {
  const biller = directory.current.billersById.get(billerId);
  if (biller === undefined) return 0;
  const node = database.nodeOf(billerId);
  const { facts, days } = await node.transaction(async (tx) => ({
    facts: await factsOf(tx, biller, [], await businessNow(tx)),
    days: await unsentDays(tx, billerId),
  }));
  if (facts === undefined) return 0;
  let moved = 0;
  for (const day of days) {
    const collectOn = nextWorkingDay(day.collectOn, biller.calendar, facts.bank);
    const sendOn = sendDay(collectOn, leadOf(day, facts), facts.bank);
    if (collectOn === day.collectOn && sendOn === day.sendOn) continue;
    for (let lot = LOT_DEBITS; lot === LOT_DEBITS; moved += lot)
      lot = await node.transaction(async (tx) => {
        const debits = await lockDay(tx, billerId, day, LOT_DEBITS);
        const at = await businessNow(tx);
        const days = debits.map((debit) => ({ debit, collectOn, sendOn }));
        await moveToDays(tx, days, { actor: WORKER, at });
        return debits.length;
      });
  }
  return moved;
}
