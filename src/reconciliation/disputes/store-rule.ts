// SQL of how many working days there are to decide what.

import type { Tx } from '../../platform/db/index.ts';
import { OPENERS, type Opener } from './dispute.ts';

const DEFAULT_DAYS = 5;

export async function daysOf(tx: Tx, openedBy: Opener): Promise<number> {
  const [row] = await tx.query<{ days: number }>('select days from dispute_rule where opened_by = $1', [
    openedBy,
  ]);
  return row?.days ?? DEFAULT_DAYS;
}

export async function putDays(tx: Tx, openedBy: Opener, days: number): Promise<void> {
  await tx.query(
    'insert into dispute_rule (opened_by, days) values ($1, $2) on conflict (opened_by) do update set days = excluded.days',
    [openedBy, days],
  );
}

export async function listDays(tx: Tx): Promise<{ openedBy: Opener; days: number }[]> {
  const rules = [];
  for (const openedBy of OPENERS) rules.push({ openedBy, days: await daysOf(tx, openedBy) });
  return rules;
}
