// `wasit calendar …`: holidays of agencies and banks, from a file or one by one, and what comes of them.

import type { Command } from 'commander';
import { orRefuse, type Outcome } from '../access/index.ts';
import { readHolidayFile, type HolidayState } from '../calendar/index.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  readText,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { decideHoliday, setHolidays, type HolidayChange } from './set-holidays.ts';
import { showCalendar, type CalendarDay } from './show-calendar.ts';
import type { CalendarOwner } from './store-holiday.ts';

export function registerCalendarCommands(program: Command, context: CommandContext): void {
  const calendar = noun(program, 'calendar', 'holidays and working days of agencies and banks');
  addVerb(calendar, {
    usage: 'import <file>',
    summary: 'holidays from CSV date,name,state (state: confirmed, tentative, struck); - is standard input',
    options: (command) => owned(command).option('--dry-run', 'say what would change, and change nothing'),
    action: async ([file = ''], options) => {
      const owner = ownerOf(options);
      const read = readHolidayFile(await readText(`@${file}`));
      if ('faults' in read)
        throw new CommandRefused(`nothing was imported from ${file}:\n${read.faults.join('\n')}`);
      const dryRun = options['dryRun'] === true;
      const database = await context.database();
      const made = await setHolidays(database, owner, read.holidays, context.actor, { dryRun });
      return told(made, owner, dryRun);
    },
  });
  addVerb(calendar, {
    usage: 'add <date>',
    summary: 'a holiday, or another name or state for one',
    options: (command) =>
      owned(command)
        .requiredOption('--name <text>', 'what is celebrated')
        .option('--tentative', 'it waits for the moon, and counts until it is struck'),
    action: async ([onDate = ''], options) => {
      const state: HolidayState = options['tentative'] === true ? 'tentative' : 'confirmed';
      const holiday = { onDate, name: String(options['name']), state };
      const owner = ownerOf(options);
      return told(await setHolidays(await context.database(), owner, [holiday], context.actor), owner);
    },
  });
  for (const [verb, state, summary] of [
    ['confirm', 'confirmed', 'a holiday takes place'],
    ['strike', 'struck', 'a holiday does not take place: its day is a working day again'],
  ] as const)
    addVerb(calendar, {
      usage: `${verb} <date>`,
      summary,
      options: owned,
      action: async ([onDate = ''], options) => {
        const owner = ownerOf(options);
        return told(
          await decideHoliday(await context.database(), owner, onDate, state, context.actor),
          owner,
        );
      },
    });
  addVerb(calendar, {
    usage: 'show',
    summary: 'day by day: weekday, working or not, cut-off',
    options: (command) =>
      owned(command)
        .option('--from <date>', 'today, unless said otherwise')
        .option('--to <date>', 'a month later, unless said otherwise'),
    action: async (_, options) => {
      const { from, to } = options as { from?: string; to?: string };
      const days = orRefuse(await showCalendar(await context.database(), ownerOf(options), { from, to }));
      return { data: days, text: layOut(days.map(inWords)) };
    },
  });
}

function owned(command: Command): Command {
  return command
    .option('--biller <code>', 'the agency whose calendar it is')
    .option('--bank <code>', 'the bank whose calendar it is');
}

function ownerOf(options: Options): CalendarOwner {
  const { biller, bank } = options;
  if (typeof biller === 'string' && bank === undefined) return { kind: 'biller', code: biller };
  if (typeof bank === 'string' && biller === undefined) return { kind: 'bank', code: bank };
  throw new WrongUsage('whose calendar? Name either --biller or --bank');
}

function told(outcome: Outcome<HolidayChange[]>, owner: CalendarOwner, dryRun = false): Answer {
  const changes = orRefuse(outcome);
  const data = { [owner.kind]: owner.code, dryRun, changes };
  if (changes.length === 0) return { data, text: 'nothing to change: the calendar says so already' };
  const lines = changes.map(({ before, after }) => {
    const was = before === undefined ? 'new' : `was ${before.state}, ${before.name}`;
    return `${after.onDate}  ${after.state.padEnd(9)}  ${after.name} (${was})`;
  });
  return { data, text: [dryRun ? 'would change:' : 'changed:', ...lines].join('\n') };
}

function inWords({ date, weekday, day, holiday, state, cutOff, endsAt }: CalendarDay): object {
  const why = holiday === undefined ? '' : state === 'confirmed' ? holiday : `${holiday} (${state ?? ''})`;
  return { date, weekday, day, holiday: why, cutOff, endsAt };
}
