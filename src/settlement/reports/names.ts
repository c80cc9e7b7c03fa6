// The names of what a report shows by its code, as they stand now.

import type { Database } from '../../platform/db/index.ts';
import type { NamesByCode } from '../batch.ts';
import { readNames } from '../store-names.ts';
import type { DailyAnswer } from './daily-schema.ts';
import type { StatementAnswer } from './statement-schema.ts';

export function namesOfDay(
  database: Database,
  billerId: number,
  { units, channels }: DailyAnswer,
): Promise<NamesByCode> {
  const codes = { unit: units.map(({ key }) => key), channel: channels.map(({ key }) => key) };
  return database.nodeOf(billerId).transaction((tx) => readNames(tx, billerId, codes));
}

export function namesOfStatement(
  database: Database,
  billerId: number,
  { items }: StatementAnswer,
): Promise<NamesByCode> {
  const codes = { channel: [...new Set(items.map(({ channelCode }) => channelCode))] };
  return database.nodeOf(billerId).transaction((tx) => readNames(tx, billerId, codes));
}
