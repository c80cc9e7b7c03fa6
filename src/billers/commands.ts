// `wasit biller …`: the operator's commands for agencies. Scalars are options, lists are JSON or `@file`.

import type { Command } from 'commander';
import { orRefuse } from '../access/index.ts';
import type { Holiday } from '../calendar/index.ts';
import type { BusinessDate } from '../kernel/business-date.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  readJson,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { addBiller } from './add-biller.ts';
import { registerBillerAccountCommands } from './bank/index.ts';
import { setBiller } from './set-biller.ts';
import { setBudgetLines } from './set-budget-lines.ts';
import { setHolidays } from './set-holidays.ts';
import { setLink, type LinkWish } from './set-link.ts';
import { setServices } from './set-services.ts';
import { setUnits } from './set-units.ts';
import { settingsOf, settingsOptions } from './settings-options.ts';
import { weekdayName } from './weekdays.ts';
import { listBillers, showBiller } from './show-biller.ts';

export function registerBillerCommands(program: Command, context: CommandContext): void {
  const biller = noun(program, 'biller', 'agencies that are owed');
  addVerb(biller, {
    usage: 'add <code>',
    summary: 'a new agency; needs --name, --currency, --time-zone and --cut-off',
    options: (command) => settingsOptions(command.option('--currency <code>', 'ISO 4217; never changes')),
    action: async ([code = ''], options) => {
      const settings = {
        ...(await settingsOf(options)),
        ...(options['currency'] !== undefined && { currency: options['currency'] }),
      };
      orRefuse(await addBiller(await context.database(), code, settings, context.actor));
      await setLists(context, code, options);
      return shown(context, code, await linked(context, code, options));
    },
  });
  addVerb(biller, {
    usage: 'set <code>',
    summary: 'changes settings; those not named stay',
    options: (command) => {
      settingsOptions(command);
      command.option('--from <date>', 'first business date of another --cut-off or --time-zone');
    },
    action: async ([code = ''], options) => {
      const change = await settingsOf(options);
      const { from } = options as { from?: string };
      if (from !== undefined && change.cutOff === undefined && change.timeZone === undefined)
        throw new WrongUsage('--from goes with --cut-off or --time-zone');
      if (Object.keys(change).length === 0 && !hasLists(options))
        throw new WrongUsage('nothing to set: name an option');
      const secret = await linked(context, code, options);
      const changed =
        Object.keys(change).length > 0
          ? orRefuse(await setBiller(await context.database(), code, change, context.actor, from))
          : undefined;
      await setLists(context, code, options);
      return shown(context, code, secret, changed?.cutOffFrom);
    },
  });
  addVerb(biller, {
    usage: 'show <code>',
    summary: 'settings, units, services, budget lines, holidays, accounts and link',
    action: ([code = '']) => shown(context, code),
  });
  registerBillerAccountCommands(biller, context);
  addVerb(biller, {
    usage: 'list',
    summary: 'every agency',
    action: async () => {
      const data = await listBillers(await context.database());
      return { data, text: data.length === 0 ? '(none)' : data.map(briefly).join('\n') };
    },
  });
}

const HOLIDAYS = [
  ['holiday', 'confirmed'],
  ['tentativeHoliday', 'tentative'],
  ['strikeHoliday', 'struck'],
] as const;

/** In this order: services name budget lines. */
const LISTS = [
  ['units', '--units', setUnits],
  ['budgetLines', '--budget-lines', setBudgetLines],
  ['services', '--services', setServices],
] as const;

function hasLists(options: Options): boolean {
  return ['link', 'units', 'services', 'budgetLines', ...HOLIDAYS.map(([name]) => name)].some(
    (name) => options[name] !== undefined,
  );
}

async function setLists(context: CommandContext, code: string, options: Options): Promise<void> {
  const database = await context.database();
  for (const [name, option, set] of LISTS) {
    const json = options[name];
    if (typeof json === 'string')
      orRefuse(await set(database, code, listOf(await readJson(json), option), context.actor));
  }
  const holidays = HOLIDAYS.flatMap(([name, state]) =>
    ((options[name] ?? []) as readonly string[]).map((text) => holidayOf(text, state)),
  );
  if (holidays.length > 0)
    orRefuse(await setHolidays(database, { kind: 'biller', code }, holidays, context.actor));
}

/** A secret that was made for the link, to be shown once. */
async function linked(context: CommandContext, code: string, options: Options): Promise<string | undefined> {
  if (typeof options['link'] !== 'string') return undefined;
  const wish = await readJson(options['link']);
  if (typeof wish !== 'object' || wish === null || Array.isArray(wish))
    throw new WrongUsage('--link must be an object');
  const database = await context.database();
  const tools = { masterKey: await context.masterKey(), allowedNetworks: context.privateNetworks };
  return orRefuse(await setLink(database, code, wish as LinkWish, tools, context.actor)).shownOnce;
}

function holidayOf(text: string, state: Holiday['state']): Holiday {
  const [onDate = '', ...name] = text.split('=');
  return { onDate, name: name.join('=') || 'holiday', state };
}

function listOf(json: unknown, option: string): readonly object[] {
  if (!Array.isArray(json)) throw new WrongUsage(`${option} must be a list`);
  return json as readonly object[];
}

/** `cutOffFrom`: the first business date of a cut-off or zone that was just set. */
async function shown(
  context: CommandContext,
  code: string,
  linkSecret?: string,
  cutOffFrom?: BusinessDate,
): Promise<Answer> {
  const record = await showBiller(await context.database(), code);
  if (record === undefined) throw new CommandRefused(`there is no biller ${code}`);
  const { billerId, weekend, ...rest } = record;
  const more = { ...(cutOffFrom && { cutOffFrom }), ...(linkSecret && { linkSecret }) };
  const told = [
    layOut({ ...rest, weekend: weekend.map(weekdayName) }),
    ...(cutOffFrom ? [`The cut-off and time zone just set hold from business date ${cutOffFrom} on.`] : []),
    ...(linkSecret ? [`Secret of the link. Keep this, it is not shown again:\n${linkSecret}`] : []),
  ];
  return { data: { ...record, ...more }, text: told.join('\n') };
}

function briefly(record: object): string {
  const { code, name, currency, policy } = record as {
    code: string;
    name: { en: string };
    currency: string;
    policy: string;
  };
  return `${code.padEnd(20)} ${currency}  ${policy.padEnd(9)} ${name.en}`;
}
