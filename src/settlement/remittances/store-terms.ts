// SQL of what remittances go by: the biller's promises, its accounts in force, and the banks that they are paid from.

import { readBankAccounts, readBanks, readRemittanceAccounts, type Bank } from '../../billers/bank/index.ts';
import type { WorkingWeek } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Tx } from '../../platform/db/index.ts';

/** Where a unit's money, or the biller's own (unit ''), goes now. */
export interface Destination {
  readonly unit: string;
  readonly version: number;
  readonly paysFrom: number;
  readonly bank: Bank;
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
  const banks = new Map((await readBanks(tx)).map((bank) => [bank.bankId, bank]));
  const ours = new Map((await readBankAccounts(tx)).map((account) => [account.accountId, account]));
  const destinations = new Map<string, Destination>();
  for (const { unit, version, paysFrom } of await readRemittanceAccounts(tx, billerId)) {
    const bank = banks.get(ours.get(paysFrom)?.bankId ?? 0);
    if (bank !== undefined) destinations.set(unit, { unit, version, paysFrom, bank });
  }
  return {
    billerId,
    code: biller.code,
    week: { weekend: biller.weekend, holidays: new Set(biller.holidays ?? []) },
    days: biller.remittance_days,
    funding: biller.funding,
    approveAboveMinor: biller.approve_above_minor,
    parents: new Map(Object.entries(biller.parents ?? {})),
    destinations,
  };
}
