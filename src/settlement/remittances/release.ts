// Looks again at what keeps a planned remittance: an account set since, money that channels have paid since, persons
// who have decided. The first thing that still keeps it is written down; when nothing does, it is approved. What it
// goes by (account, dates) is that of this moment, so nothing unsent goes by what has been changed since.

import type { Database, Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Remittance } from '../batch.ts';
import { holdOf } from './hold.ts';
import { asked, datesOf } from './plan-remittances.ts';
import { businessNow } from './store-day.ts';
import { isCollected } from './store-funding.ts';
import { batchDate, heldRemittances } from './store-held.ts';
import { insertSteps, lockRemittance, updateRemittance } from './store-remittance.ts';
import { readTerms } from './store-terms.ts';

/** The remittance is locked by this transaction and planned, or approved with an account that could not be written. */
export async function settle(
  tx: Tx,
  remittance: Remittance,
  { isApproved }: { readonly isApproved: boolean },
): Promise<Remittance> {
  const { billerId, unit, currency, amountMinor, settlementId, remittanceId } = remittance;
  const terms = await readTerms(tx, billerId);
  const businessDate = await batchDate(tx, billerId, settlementId);
  const destination = terms.destinations.get(unit);
  const held = holdOf({
    hasAccount: destination !== undefined && !isTheOneAtFault(remittance, destination.version),
    needsApproval: remittance.attempt > 0 || amountMinor > terms.approveAboveMinor,
    // Whoever accepted saw another account: they are asked anew.
    isApproved: isApproved && destination?.version === remittance.accountVersion,
    isFunded: terms.funding === 'guaranteed' || (await isCollected(tx, billerId, currency, businessDate)),
  });
  if (
    held === remittance.held &&
    (destination?.version ?? remittance.accountVersion) === remittance.accountVersion
  )
    return remittance;
  const at = await businessNow(tx);
  const state = held === null ? 'approved' : 'planned';
  const goesBy =
    destination === undefined ? {} : { accountVersion: destination.version, paysFrom: destination.paysFrom };
  const dates = datesOf(terms, unit, businessDate, at);
  const after = { ...remittance, ...goesBy, ...dates, state, held, reason: null } as const;
  const settled = await asked(tx, terms, { businessDate }, after);
  await updateRemittance(tx, settled);
  await insertSteps(tx, [{ billerId, remittanceId, state, reason: held, journalId: null, at }]);
  return settled;
}

/** Held with an account: that version could not stand in an order, only a later one can. */
function isTheOneAtFault({ held, paysFrom, accountVersion }: Remittance, version: number): boolean {
  return held === 'account' && paysFrom !== null && accountVersion === version;
}

/** Who approves sees the dates that hold now: a holiday may have been declared since. */
async function redate(tx: Tx, remittance: Remittance): Promise<void> {
  const { billerId, unit, settlementId, valueDate, executeOn, late } = remittance;
  const terms = await readTerms(tx, billerId);
  const businessDate = await batchDate(tx, billerId, settlementId);
  const dates = datesOf(terms, unit, businessDate, await businessNow(tx));
  if (dates.valueDate !== valueDate || dates.executeOn !== executeOn || dates.late !== late)
    await updateRemittance(tx, { ...remittance, ...dates });
}

/** Every held one, each in a transaction of its own. */
export async function releaseHeld(database: Database, log: Pick<Log, 'error'>): Promise<void> {
  for (const { billerId, remittanceId, isApproved } of await database.transaction(heldRemittances)) {
    const look = async (tx: Tx): Promise<void> => {
      const remittance = await lockRemittance(tx, billerId, remittanceId);
      if (remittance?.held === 'account' || remittance?.held === 'funding')
        await settle(tx, remittance, { isApproved });
      else if (remittance?.held === 'approval') await redate(tx, remittance);
    };
    await database
      .nodeOf(billerId)
      .transaction(look)
      .catch((error: unknown) =>
        log.error({ err: error, billerId, remittanceId }, 'a held remittance stays held'),
      );
  }
}
