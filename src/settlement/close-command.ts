// `wasit day close`: by hand what the worker does by the clock. Early is asked about, for it cannot be taken back.

import type { Command } from 'commander';
import { orRefuse } from '../access/index.ts';
import {
  addVerb,
  CommandRefused,
  confirm,
  layOut,
  noun,
  progress,
  type Answer,
  type CommandContext,
} from '../platform/cli/index.ts';
import type { Database } from '../platform/db/index.ts';
import { closeDay } from './close-day.ts';
import { billerOf, dateOf } from './command-arguments.ts';
import { previewDay } from './preview-day.ts';
import { remittancesOf } from './remittances/store-remittance.ts';
import { showSettlement } from './show-settlement.ts';
import { readSplits } from './store-batch.ts';
import { findDay } from './store-seal.ts';
import type { DayKey } from './store-step.ts';
import { tellPreview, tellSettlement } from './tell-settlement.ts';

export function registerCloseCommand(program: Command, context: CommandContext): void {
  addVerb(noun(program, 'day', 'business days'), {
    usage: 'close',
    summary: 'seals a business day and settles it, missed days before it',
    options: (command) =>
      command
        .requiredOption('--biller <code>', 'whose day')
        .requiredOption('--date <date>', 'which business date, YYYY-MM-DD')
        .option('--early', 'before its cut-off; later payments take the next date')
        .option('--yes', 'do not ask before an early close')
        .option('--dry-run', 'say what the settlement would be, and do nothing'),
    action: async (_, options) => {
      const database = await context.database();
      const { billerId } = await billerOf(database, options['biller']);
      const key = { billerId, businessDate: dateOf(options['date']) };
      if (options['dryRun'] === true) return preview(database, key);
      const early = options['early'] === true;
      if (early && options['yes'] !== true) await askFirst(database, key);
      return close(context, database, key, early);
    },
  });
}

async function preview(database: Database, key: DayKey): Promise<Answer> {
  const bar = progress();
  let entries = 0;
  const found = await previewDay(database, key, (step) => {
    entries += step.entries;
    bar.show(`${entries} entries read`);
  }).finally(() => bar.end());
  if (found === undefined) throw new CommandRefused(`there is no business day ${key.businessDate}`);
  return tellPreview(key, found);
}

/** Only where the day would really be cut short. */
async function askFirst(database: Database, { billerId, businessDate }: DayKey): Promise<void> {
  const day = await database.transaction((tx) => findDay(tx, billerId, businessDate));
  if (day === undefined || day.is_due || day.sealed_at !== null) return;
  await confirm(
    `${businessDate} is open until ${day.cut_off_at.toISOString()}. Close it now? Later payments take the next date.`,
  );
}

async function close(
  context: CommandContext,
  database: Database,
  key: DayKey,
  early: boolean,
): Promise<Answer> {
  const bar = progress();
  let entries = 0;
  const closed = await closeDay(database, {
    ...key,
    early,
    actor: context.actor,
    onSealed: ({ businessDate }) => bar.show(`${businessDate} is sealed`),
    onStep: (step, { businessDate }) => {
      entries += step.entries;
      bar.show(`${businessDate}: ${entries} entries recorded`);
    },
  }).finally(() => bar.end());
  const { batch, isNew, before } = orRefuse(closed);
  const { splits, remittances } = await database.transaction(async (tx) => ({
    splits: await readSplits(tx, batch.billerId, batch.settlementId),
    remittances: await remittancesOf(tx, batch.billerId, batch.settlementId),
  }));
  const shown = showSettlement(batch, splits, remittances);
  const missed = before.map(({ businessDate }) => businessDate);
  const first = missed.length === 0 ? '' : `closed first: ${layOut(missed.join(', '))}\n`;
  return {
    data: { ...shown, isNew, closedBefore: missed },
    text: `${first}${isNew ? 'closed now' : 'had been closed already'}\n${tellSettlement(shown)}`,
  };
}
