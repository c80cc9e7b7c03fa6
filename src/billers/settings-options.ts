// The options by which `wasit biller add` and `set` are told settings: scalars as they are, lists as JSON or `@file`.

import type { Command } from 'commander';
import { readJson, type Options } from '../platform/cli/index.ts';
import type { BillerChange, BillerSettings } from './biller-settings.ts';
import { readWeekdays, whole } from './weekdays.ts';

export function settingsOptions(command: Command): void {
  command
    .option('--name <text>', 'in English, the fallback')
    .option('--name-ar <text>', 'in Arabic')
    .option('--name-fr <text>', 'in French')
    .option('--kind <kind>', 'local: it presents its bills (default); linked: it is asked, see --link')
    .option('--link <json>', 'how its own system is asked: { url, deadlineMs?, … }, JSON or @file; links it')
    .option('--policy <policy>', 'exact, at-least (default) or between')
    .option('--time-zone <zone>', 'IANA name, such as Asia/Muscat')
    .option('--cut-off <HH:MM>', 'local time at which a business date ends')
    .option('--weekend <days>', 'ISO weekdays, Monday 1 to Sunday 7, such as 5,6')
    .option('--penalty <json>', 'components of the late penalty, JSON or @file; [] for none')
    .option('--rounding <mode>', 'half-up (default), half-even, up or down')
    .option('--due-moves-forward', 'a due date on a day off moves to the next working day')
    .option('--no-due-moves-forward', 'it does not (default)')
    .option('--reversal-minutes <n>', 'how long a payment can be taken back', whole)
    .option('--quote-minutes <n>', 'how long a quote holds', whole)
    .option('--remittance-days <n>', 'working days from the business date to the remittance', whole)
    .option('--fees-settled <way>', 'gross: its fees are invoiced (default); net: set off at each close')
    .option('--funding <kind>', 'guaranteed (default), or collected: remitted once the channels have paid')
    .option('--approve-above <amount>', 'a larger remittance waits for persons; in its currency (default 0)')
    .option('--credit-alarm-days <n>', 'a payer’s credit older than this is an alarm (default 30)', whole)
    .option(
      '--direct-proof-days <n>',
      'working days within which its statement proves direct payments (default 3)',
      whole,
    )
    .option('--units <json>', 'units to add or change: [{ code, parent?, name }], JSON or @file')
    .option('--budget-lines <json>', 'revenue heads to add or rename: [{ code, name }], JSON or @file')
    .option('--services <json>', 'services to add or change: [{ code, name, budgetLine? }], JSON or @file')
    .option('--holiday <date=name>', 'a confirmed holiday; may be repeated', gather)
    .option('--tentative-holiday <date=name>', 'one that waits for the moon; may be repeated', gather)
    .option('--strike-holiday <date=name>', 'one that does not take place; may be repeated', gather);
}

export async function settingsOf(options: Options): Promise<BillerChange & Partial<BillerSettings>> {
  const names = { en: options['name'], ar: options['nameAr'], fr: options['nameFr'] };
  const given = Object.entries(names).filter(([, text]) => text !== undefined);
  const settings: Record<string, unknown> = { ...(given.length > 0 && { name: Object.fromEntries(given) }) };
  for (const name of [
    'kind',
    'policy',
    'timeZone',
    'cutOff',
    'rounding',
    'dueMovesForward',
    'reversalMinutes',
    'quoteMinutes',
    'remittanceDays',
    'feesSettled',
    'funding',
    'approveAbove',
    'creditAlarmDays',
    'directProofDays',
  ]) {
    if (options[name] !== undefined) settings[name] = options[name];
  }
  if (typeof options['weekend'] === 'string') settings['weekend'] = readWeekdays(options['weekend']);
  if (typeof options['penalty'] === 'string') settings['penalty'] = await readJson(options['penalty']);
  return settings;
}

function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
