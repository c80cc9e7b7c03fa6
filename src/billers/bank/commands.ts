// `wasit bank …`: the operator's banks and its accounts there. Numbers and secrets go in and are never shown again.

import type { Command } from 'commander';
import { orRefuse } from '../../access/index.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  readJson,
  readText,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import { readWeekdays, weekdayName, whole } from '../weekdays.ts';
import { addBankAccount } from './add-bank-account.ts';
import type { BankChange } from './bank-settings.ts';
import { addBank, setBank, type BankWish, type ShownBank } from './put-bank.ts';
import { listBanks, showBank, showBankAccounts } from './show-bank.ts';

export function registerBankCommands(program: Command, context: CommandContext): void {
  const bank = noun(program, 'bank', 'the operator’s banks');
  for (const [name, put, summary] of [
    ['add', addBank, 'a new bank; needs --name, --time-zone and --cut-off'],
    ['set', setBank, 'changes settings; those not named stay'],
  ] as const)
    addVerb(bank, {
      usage: `${name} <code>`,
      summary,
      options: settingsOptions,
      action: async ([code = ''], options) => {
        const wish = await wishOf(options);
        if (Object.keys(wish.change).length === 0 && wish.secret === undefined)
          throw new WrongUsage(`nothing to ${name}: name an option`);
        const [database, masterKey] = [await context.database(), await context.masterKey()];
        return shown(orRefuse(await put(database, code, wish, masterKey, context.actor)));
      },
    });
  addVerb(bank, {
    usage: 'show <code>',
    summary: 'settings, accounts and holidays',
    action: async ([code = '']) => {
      const found = await showBank(await context.database(), code);
      if (found === undefined) throw new CommandRefused(`there is no bank ${code}`);
      return shown(found);
    },
  });
  addVerb(bank, {
    usage: 'list',
    summary: 'every bank',
    action: async () => {
      const data = await listBanks(await context.database());
      const words = data.map(({ code, name, bic, timeZone, cutOff, leadDays, handover }) => {
        const lead = `${leadDays} days`;
        return { code, name: name.en, bic, cutOff: `${cutOff} ${timeZone}`, lead, orders: handover.way };
      });
      return { data, text: layOut(words) };
    },
  });
  registerAccounts(noun(bank, 'account', 'the operator’s accounts at its banks'), context);
}

function registerAccounts(account: Command, context: CommandContext): void {
  addVerb(account, {
    usage: 'add <code>',
    summary: 'a new account; it never changes, another number is another account',
    options: (command) =>
      command
        .requiredOption('--bank <code>', 'the bank that keeps it')
        .requiredOption('--currency <code>', 'ISO 4217')
        .requiredOption('--holder <name>', 'as the bank has it')
        .requiredOption('--number <number>', 'IBAN, or the country’s own number; or @file'),
    action: async ([code = ''], options) => {
      const wish = {
        bankCode: String(options['bank']),
        currency: String(options['currency']),
        holder: String(options['holder']),
        number: await readText(String(options['number'])),
      };
      const [database, masterKey] = [await context.database(), await context.masterKey()];
      return { data: orRefuse(await addBankAccount(database, code, wish, masterKey, context.actor)) };
    },
  });
  addVerb(account, {
    usage: 'show [code]',
    summary: 'one account, or all of them; numbers masked',
    action: async ([code]) => {
      const found = await showBankAccounts(await context.database(), code);
      if (code === undefined) return { data: found };
      const [one] = found;
      if (one === undefined) throw new CommandRefused(`there is no account ${code}`);
      return { data: one };
    },
  });
}

function settingsOptions(command: Command): void {
  command
    .option('--name <text>', 'in English, the fallback')
    .option('--name-ar <text>', 'in Arabic')
    .option('--name-fr <text>', 'in French')
    .option('--bic <bic>', '8 or 11 characters')
    .option('--time-zone <zone>', 'IANA name, such as Asia/Muscat')
    .option('--cut-off <HH:MM>', 'local; an order at or after it is handled on the next working day')
    .option('--lead-days <n>', 'its working days from execution to the agency’s credit (default 0)', whole)
    .option('--weekend <days>', 'ISO weekdays, Monday 1 to Sunday 7, such as 5,6')
    .option(
      '--handover <json>',
      'how orders reach it: {"way": "folder", folder?} or {"way": "sftp", host, …}',
    )
    .option('--secret <text>', 'of SFTP: @file with a password or a private key in PEM; never shown again');
}

async function wishOf(options: Options): Promise<BankWish> {
  const names = { en: options['name'], ar: options['nameAr'], fr: options['nameFr'] };
  const given = Object.entries(names).filter(([, text]) => text !== undefined);
  const change: Record<string, unknown> = { ...(given.length > 0 && { name: Object.fromEntries(given) }) };
  for (const name of ['bic', 'timeZone', 'cutOff', 'leadDays'])
    if (options[name] !== undefined) change[name] = options[name];
  if (typeof options['weekend'] === 'string') change['weekend'] = readWeekdays(options['weekend']);
  if (typeof options['handover'] === 'string') {
    const json = await readJson(options['handover']);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new WrongUsage('--handover must be an object');
    change['handover'] = json;
  }
  const secret = typeof options['secret'] === 'string' ? await readText(options['secret']) : undefined;
  return { change: change as BankChange, ...(secret !== undefined && { secret }) };
}

function shown(bank: ShownBank): Answer {
  const { bankId, weekend, ...rest } = bank;
  return { data: bank, text: layOut({ ...rest, weekend: weekend.map(weekdayName) }) };
}
