// What the settlement commands are given, as the room knows it.

import { findBillerId } from '../billers/index.ts';
import { isBusinessDate, type BusinessDate } from '../kernel/business-date.ts';
import { CommandRefused, WrongUsage } from '../platform/cli/index.ts';
import type { Database } from '../platform/db/index.ts';

/** Refuses a biller that there is not. */
export async function billerOf(
  database: Database,
  option: unknown,
): Promise<{ billerId: number; code: string }> {
  const code = String(option);
  const billerId = await database.transaction((tx) => findBillerId(tx, code));
  if (billerId === undefined) throw new CommandRefused(`there is no biller ${code}`);
  return { billerId, code };
}

export function dateOf(option: unknown): BusinessDate {
  const date = String(option);
  const isDate: boolean = isBusinessDate(date);
  if (!isDate) throw new WrongUsage(`${date} is no date: write YYYY-MM-DD`);
  return date;
}
