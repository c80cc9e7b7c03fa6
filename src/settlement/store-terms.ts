// SQL of what a close needs to know beside the entries: the biller's policy, its working days and its banks'.

import type { FeesSettled, Names } from '../billers/index.ts';
import type { WorkingWeek } from '../calendar/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { BatchFacts } from './batch.ts';
import { readNames } from './store-names.ts';
import type { Tally } from './sums.ts';

export interface CloseTerms {
  readonly code: string;
  readonly name: Names;
  readonly currency: string;
  readonly timeZone: string;
  readonly remittanceDays: number;
  readonly feesSettled: FeesSettled;
  /** The biller's own, and those of the banks that its remittances are paid from. */
  readonly weeks: readonly WorkingWeek[];
}

interface TermsRow {
  code: string;
  name: Names;
  currency: string;
  time_zone: string;
  remittance_days: number;
  fees_settled: FeesSettled;
  weekend: number[];
  holidays: string[] | null;
  banks: { weekend: number[]; holidays: string[] | null }[] | null;
}

export async function readTerms(tx: Tx, billerId: number): Promise<CloseTerms> {
  const [row] = await tx.query<TermsRow>(
    `select b.code, b.name, b.currency, b.time_zone, b.remittance_days, b.fees_settled, b.weekend,
            (select json_agg(h.on_date) from holiday h where h.biller_id = b.biller_id and h.state <> 'struck') as holidays,
            (select json_agg(json_build_object('weekend', k.weekend, 'holidays',
                      (select json_agg(h.on_date) from bank_holiday h where h.bank_id = k.bank_id and h.state <> 'struck')))
               from bank k where k.bank_id in (
                      select a.bank_id from remittance_account r join bank_account a on a.account_id = r.pays_from
                       where r.biller_id = b.biller_id and r.ended_at is null)) as banks
       from biller b where b.biller_id = $1`,
    [billerId],
  );
  if (row === undefined) throw new Error(`biller ${billerId} is not there`);
  return {
    code: row.code,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    remittanceDays: row.remittance_days,
    feesSettled: row.fees_settled,
    weeks: [row, ...(row.banks ?? [])].map(({ weekend, holidays }) => ({
      weekend,
      holidays: new Set(holidays ?? []),
    })),
  };
}

/** What a batch tells of whose it is, with names as they stand now. */
export async function readFacts(
  tx: Tx,
  billerId: number,
  terms: CloseTerms,
  tally: Tally,
): Promise<BatchFacts> {
  const names = await readNames(tx, billerId, {
    unit: tally.keysOf('unit'),
    service: tally.keysOf('service'),
    'budget-line': tally.keysOf('budget-line'),
    channel: tally.keysOf('channel'),
  });
  return {
    billerCode: terms.code,
    billerName: terms.name,
    timeZone: terms.timeZone,
    remittanceDays: terms.remittanceDays,
    ...names,
  };
}
