// `wasit channel …` and `wasit agreement …`: the operator's commands for those who take money, and on which terms.

import type { Command } from 'commander';
import { callAsPerson, orRefuse } from '../access/index.ts';
import { tellApproval } from '../approvals/index.ts';
import { parseMinor } from '../kernel/money.ts';
import {
  addDestructiveVerb,
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
import { addChannel } from './add-channel.ts';
import type { ChannelChange, LimitChange } from './channel-settings.ts';
import { resumeChannel } from './resume-channel.ts';
import { setAgreement } from './set-agreement.ts';
import { setChannel } from './set-channel.ts';
import { listChannels, showAgreement, showChannel } from './show-channel.ts';
import { suspendChannel } from './suspend-channel.ts';

export function registerChannelCommands(program: Command, context: CommandContext): void {
  const channel = noun(program, 'channel', 'banks, agents, kiosks: who takes the money');
  settingVerbs(channel, context);
  statusVerbs(channel, context);
  addVerb(channel, {
    usage: 'top-up <code> <amount> <currency>',
    summary: 'asks for one: a prefunded channel has paid in; another person accepts it (wasit approval)',
    options: (command) =>
      command
        .requiredOption('--reference <text>', 'the name of the bank movement; one reference, one top-up')
        .option('--account <code>', 'which of the operator’s bank accounts it came into'),
    action: async ([code = '', value = '', currency = ''], options) => {
      if (parseMinor(value, currency) === undefined)
        throw new WrongUsage(`${value} is no amount of ${currency} with exactly its decimals`);
      const { account } = options;
      const content = {
        channelCode: code,
        amount: { value, currency },
        ...(typeof account === 'string' && { account }),
      };
      const body = { kind: 'top-up', reference: String(options['reference']), content };
      return tellApproval(
        (await callAsPerson(context, { method: 'POST', path: '/v1/approvals', body })).body,
      );
    },
  });
  agreementVerbs(noun(program, 'agreement', 'what a biller and a channel agreed'), context);
}

function settingVerbs(channel: Command, context: CommandContext): void {
  addVerb(channel, {
    usage: 'add <code>',
    summary: 'a new channel; needs --name and --kind',
    options: settingsOptions,
    action: async ([code = ''], options) => {
      orRefuse(await addChannel(await context.database(), code, settingsOf(options), context.actor));
      return shown(context, code);
    },
  });
  addVerb(channel, {
    usage: 'set <code>',
    summary: 'changes settings and limits; those not named stay',
    options: settingsOptions,
    action: async ([code = ''], options) => {
      const change = settingsOf(options);
      if (Object.keys(change).length === 0) throw new WrongUsage('nothing to set: name an option');
      orRefuse(await setChannel(await context.database(), code, change, context.actor));
      return shown(context, code);
    },
  });
  addVerb(channel, {
    usage: 'show <code>',
    summary: 'settings, limits and what is left of float or credit',
    action: ([code = '']) => shown(context, code),
  });
  addVerb(channel, {
    usage: 'list',
    summary: 'every channel',
    action: async () => {
      const data = await listChannels(await context.database());
      return { data, text: data.length === 0 ? '(none)' : data.map(briefly).join('\n') };
    },
  });
}

function statusVerbs(channel: Command, context: CommandContext): void {
  addDestructiveVerb(channel, {
    usage: 'suspend <code>',
    summary: 'no new payment from now on; earlier ones are still answered',
    intent: async ([code = '']) => {
      await shown(context, code);
      return `suspend channel ${code}: its payments will be refused`;
    },
    action: async ([code = '']) => {
      const { changed } = orRefuse(await suspendChannel(await context.database(), code, context.actor));
      return {
        data: { code, status: 'suspended', changed },
        text: `${code} is suspended${changed ? '' : ' already'}`,
      };
    },
  });
  addVerb(channel, {
    usage: 'resume <code>',
    summary: 'takes payments again',
    action: async ([code = '']) => {
      const { changed } = orRefuse(await resumeChannel(await context.database(), code, context.actor));
      return {
        data: { code, status: 'active', changed },
        text: `${code} is active${changed ? '' : ' already'}`,
      };
    },
  });
}

function agreementVerbs(agreement: Command, context: CommandContext): void {
  addVerb(agreement, {
    usage: 'set <biller> <channel> [terms]',
    summary: 'a new version: terms as JSON or @file, in force from now on',
    options: (command) => command.option('--end', 'the channel does not serve the biller any more'),
    action: async ([billerCode = '', channelCode = '', terms], options) => {
      const ends = options['end'] === true;
      if (ends === (terms !== undefined)) throw new WrongUsage('give either terms or --end');
      const read = terms === undefined ? null : await readJson(terms);
      const version = orRefuse(
        await setAgreement(await context.database(), { billerCode, channelCode }, read, context.actor),
      );
      return {
        data: { billerCode, channelCode, version },
        text: `version ${version} of ${billerCode} × ${channelCode} is in force`,
      };
    },
  });
  addVerb(agreement, {
    usage: 'show <biller> <channel>',
    summary: 'every version, the newest first',
    action: async ([billerCode = '', channelCode = '']) => {
      const versions = await showAgreement(await context.database(), { billerCode, channelCode });
      if (versions === undefined)
        throw new CommandRefused(`there is no biller ${billerCode}, or no channel ${channelCode}`);
      return { data: versions };
    },
  });
}

function settingsOptions(command: Command): void {
  command
    .option('--name <text>', 'in English, the fallback')
    .option('--name-ar <text>', 'in Arabic')
    .option('--name-fr <text>', 'in French')
    .option('--kind <kind>', 'bank, agent, kiosk, atm, web or deposit')
    .option('--funding <funding>', 'postpaid (default) or prefunded')
    .option(
      '--limit-per-payment <limit>',
      'such as OMR=500.000, or OMR=none to lift it; may be repeated',
      limit,
    )
    .option('--limit-per-day <limit>', 'the same, for a business date', limit)
    .option('--credit-limit <limit>', 'the same, for what a postpaid channel may owe', limit)
    .option('--sees-names', 'payers’ names are shown in full')
    .option('--no-sees-names', 'they are masked (default)')
    .option('--rate-limit <n>', 'requests a second; 0: the default of the installation', whole)
    .option(
      '--owed-after-days <m>',
      'a day’s total is owed on the m-th working day after it (default 1)',
      whole,
    );
}

function whole(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new WrongUsage(`${text} is no whole number`);
  return Number(text);
}

function limit(text: string, before: LimitChange = {}): LimitChange {
  const [, currency, value] = /^([A-Z]{3})=(.+)$/.exec(text) ?? [];
  if (currency === undefined || value === undefined)
    throw new WrongUsage(`${text} is no limit: write OMR=500.000 or OMR=none`);
  return { ...before, [currency]: value === 'none' ? null : value };
}

const SETTINGS = [
  'kind',
  'funding',
  'limitPerPayment',
  'limitPerDay',
  'creditLimit',
  'seesNames',
  'rateLimit',
  'owedAfterDays',
];

function settingsOf(options: Options): ChannelChange {
  const names = { en: options['name'], ar: options['nameAr'], fr: options['nameFr'] };
  const given = Object.entries(names).filter(([, text]) => text !== undefined);
  const change: Record<string, unknown> = given.length > 0 ? { name: Object.fromEntries(given) } : {};
  for (const name of SETTINGS) if (options[name] !== undefined) change[name] = options[name];
  return change;
}

async function shown(context: CommandContext, code: string): Promise<Answer> {
  const record = await showChannel(await context.database(), code);
  if (record === undefined) throw new CommandRefused(`there is no channel ${code}`);
  const { channelId, rateLimit, available, ...rest } = record;
  const unlimited = rest.funding === 'prefunded' ? 'nothing: no top-up yet' : 'without limit';
  const words = {
    available: available.length === 0 ? unlimited : available,
    rateLimit: rateLimit === 0 ? 'default' : rateLimit,
  };
  return { data: record, text: layOut({ ...rest, ...words }) };
}

function briefly(record: object): string {
  const { code, kind, funding, status, name } = record as Record<
    'code' | 'kind' | 'funding' | 'status',
    string
  > & { name: { en: string } };
  return `${code.padEnd(20)} ${kind.padEnd(7)} ${funding.padEnd(9)} ${status.padEnd(9)} ${name.en}`;
}
