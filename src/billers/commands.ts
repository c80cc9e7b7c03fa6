// `wasit biller …`: the operator's commands for agencies. Scalars are options, lists are JSON or `@file`.

import type { Command } from 'commander';
import { orRefuse } from '../access/index.ts';
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
import type { BillerChange, BillerSettings } from './biller-settings.ts';
import { setBiller } from './set-biller.ts';
import type { Holiday } from './biller.ts';
import { setHolidays } from './set-holidays.ts';
import { setLink, type LinkWish } from './set-link.ts';
import { setServices } from './set-services.ts';
import { setUnits } from './set-units.ts';
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
    options: settingsOptions,
    action: async ([code = ''], options) => {
      const change = await settingsOf(options);
      const secret = await linked(context, code, options);
      if (Object.keys(change).length > 0)
        orRefuse(await setBiller(await context.database(), code, change, context.actor));
      else if (!hasLists(options)) throw new WrongUsage('nothing to set: name an option');
      await setLists(context, code, options);
      return shown(context, code, secret);
    },
  });
  addVerb(biller, {
    usage: 'show <code>',
    summary: 'settings, units, services, holidays and link',
    action: ([code = '']) => shown(context, code),
  });
  addVerb(biller, {
    usage: 'list',
    summary: 'every agency',
    action: async () => {
      const data = await listBillers(await context.database());
      return { data, text: data.length === 0 ? '(none)' : data.map(briefly).join('\n') };
    },
  });
}

function settingsOptions(command: Command): void {
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
    .option('--units <json>', 'units to add or change: [{ code, parent?, name }], JSON or @file')
    .option('--services <json>', 'services to add or change: [{ code, name, budgetLine? }], JSON or @file')
    .option('--holiday <date=name>', 'a confirmed holiday; may be repeated', gather)
    .option('--tentative-holiday <date=name>', 'one that waits for the moon; may be repeated', gather)
    .option('--strike-holiday <date=name>', 'one that does not take place; may be repeated', gather);
}

async function settingsOf(options: Options): Promise<BillerChange & Partial<BillerSettings>> {
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
  ]) {
    if (options[name] !== undefined) settings[name] = options[name];
  }
  if (typeof options['weekend'] === 'string')
    settings['weekend'] = options['weekend'].split(',').filter(Boolean).map(whole);
  if (typeof options['penalty'] === 'string') settings['penalty'] = await readJson(options['penalty']);
  return settings;
}

const HOLIDAYS = [
  ['holiday', 'confirmed'],
  ['tentativeHoliday', 'tentative'],
  ['strikeHoliday', 'struck'],
] as const;

function hasLists(options: Options): boolean {
  return ['link', 'units', 'services', ...HOLIDAYS.map(([name]) => name)].some(
    (name) => options[name] !== undefined,
  );
}

async function setLists(context: CommandContext, code: string, options: Options): Promise<void> {
  const database = await context.database();
  if (typeof options['units'] === 'string') {
    orRefuse(
      await setUnits(database, code, listOf(await readJson(options['units']), '--units'), context.actor),
    );
  }
  if (typeof options['services'] === 'string') {
    orRefuse(
      await setServices(
        database,
        code,
        listOf(await readJson(options['services']), '--services'),
        context.actor,
      ),
    );
  }
  const holidays = HOLIDAYS.flatMap(([name, state]) =>
    ((options[name] ?? []) as readonly string[]).map((text) => holidayOf(text, state)),
  );
  if (holidays.length > 0) orRefuse(await setHolidays(database, code, holidays, context.actor));
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

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

async function shown(context: CommandContext, code: string, linkSecret?: string): Promise<Answer> {
  const record = await showBiller(await context.database(), code);
  if (record === undefined) throw new CommandRefused(`there is no biller ${code}`);
  const { billerId, weekend, ...rest } = record;
  const text = layOut({ ...rest, weekend: weekend.map((day) => WEEKDAYS[day - 1]) });
  if (linkSecret === undefined) return { data: record, text };
  const once = `Secret of the link. Keep this, it is not shown again:\n${linkSecret}`;
  return { data: { ...record, linkSecret }, text: `${text}\n${once}` };
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

function gather(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new WrongUsage(`${text} is no whole number`);
  return Number(text);
}
