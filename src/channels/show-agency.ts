// An agency as its people and the operator's see it: its settings without secrets, its calendar, and what it has agreed with
// each channel.

import { showBiller, type ShownBiller } from '../billers/index.ts';
import type { Database } from '../platform/db/index.ts';
import type { Terms } from './channel.ts';
import { standingAgreements, type StandingAgreement } from './store-change.ts';

export interface ShownAgency extends Omit<ShownBiller, 'billerId' | 'code' | 'name'> {
  readonly billerCode: string;
  readonly names: ShownBiller['name'];
  readonly agreements: readonly StandingAgreement[];
}

/** `onlyOf`: no other than this one's is there. What the operator gives channels is his and theirs alone. */
export async function showAgency(
  database: Database,
  code: string,
  onlyOf: number | undefined,
): Promise<ShownAgency | undefined> {
  const shown = await showBiller(database, code);
  if (shown === undefined || (onlyOf !== undefined && shown.billerId !== onlyOf)) return undefined;
  const { billerId, code: billerCode, name: names, ...rest } = shown;
  const agreements = await database.transaction((tx) => standingAgreements(tx, billerId));
  return {
    billerCode,
    names,
    ...rest,
    agreements: agreements.map((each) => ({
      ...each,
      terms: onlyOf === undefined ? each.terms : withoutCommission(each.terms),
    })),
  };
}

function withoutCommission(terms: Terms | null): Terms | null {
  if (terms === null) return null;
  const { commission: _, ...rest } = terms;
  return rest;
}
