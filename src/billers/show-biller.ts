// A biller as the operator sees it: its settings, with units, services, budget lines, holidays and accounts.

import type { Database } from '../platform/db/index.ts';
import type { Holiday } from '../calendar/index.ts';
import { shownAccounts, type ShownAccount } from './bank/set-remittance-account.ts';
import { readRemittanceAccounts } from './bank/store-account.ts';
import type { BudgetLine, Service, Unit } from './biller.ts';
import {
  billerCodes,
  budgetLinesOf,
  findBillerId,
  recordOf,
  servicesOf,
  unitsOf,
  type BillerRecord,
} from './store-change.ts';
import type { LinkSettings } from './link-settings.ts';
import { holidaysOf } from './store-holiday.ts';
import { findLink } from './store-link.ts';

export interface ShownBiller extends BillerRecord {
  readonly units: readonly Unit[];
  readonly services: readonly Service[];
  readonly budgetLines: readonly BudgetLine[];
  readonly holidays: readonly Holiday[];
  /** Where its money goes; numbers masked. */
  readonly accounts: readonly ShownAccount[];
  /** Its secret is never shown. */
  readonly link?: LinkSettings;
}

/** undefined: there is no such biller. */
export function showBiller(database: Database, code: string): Promise<ShownBiller | undefined> {
  return database.transaction(async (tx) => {
    const billerId = await findBillerId(tx, code);
    if (billerId === undefined) return undefined;
    const link = await findLink(tx, billerId);
    return {
      ...(await recordOf(tx, billerId)),
      units: await unitsOf(tx, billerId),
      services: await servicesOf(tx, billerId),
      budgetLines: await budgetLinesOf(tx, billerId),
      holidays: await holidaysOf(tx, 'biller', billerId),
      accounts: await shownAccounts(tx, await readRemittanceAccounts(tx, billerId)),
      ...(link !== undefined && { link: link.settings }),
    };
  });
}

export function listBillers(database: Database): Promise<object[]> {
  return database.transaction(async (tx) => {
    const records: object[] = [];
    for (const { billerId } of await billerCodes(tx)) records.push(await recordOf(tx, billerId));
    return records;
  });
}
