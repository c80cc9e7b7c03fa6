// `wasit channel bank-link …`: how the banks of payers are reached for mandates and debits.

import type { Command } from 'commander';
import { orRefuse } from '../../access/index.ts';
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
} from '../../platform/cli/index.ts';
import { WAYS, type BankLink, type Way } from './link.ts';
import { setBankLink, shownBankLink, type BankLinkWish } from './set-link.ts';
import { readBankLinks } from './store-link.ts';

export function registerBankLinkCommands(program: Command, context: CommandContext): void {
  const channel = noun(program, 'channel', 'banks, agents, kiosks: who takes the money');
  const link = noun(channel, 'bank-link', 'how a bank is told of mandates and asked for debits');
  addVerb(link, {
    usage: 'set <channel>',
    summary: 'links a bank, or changes that; what is not named stays',
    options: (command) =>
      command
        .option('--way <way>', 'api: it is called; files: pain.009 and pain.008; none: it looks for itself')
        .option('--url <url>', 'of its API, such as https://bank.example/wasit')
        .option(
          '--secret <secret>',
          'whsec_…, @file with it, or new; made and shown once where there is none',
        )
        .option('--deadline-ms <n>', 'for one call, 100 to 30000 (default 5000)', whole)
        .option('--bank <code>', 'of files: the operator’s bank into whose place they are put')
        .option('--bic <bic>', 'of the bank of payers, which orders name it by: 8 or 11 characters, or none'),
    action: async ([code = ''], options) => {
      const wish = await wishOf(options);
      if (Object.keys(wish).length === 0) throw new WrongUsage('nothing to set: name an option');
      const tools = { masterKey: await context.masterKey(), allowedNetworks: context.privateNetworks };
      const made = orRefuse(await setBankLink(await context.database(), code, wish, tools, context.actor));
      return shown([made.link], made.shownOnce);
    },
  });
  addVerb(link, {
    usage: 'show [channel]',
    summary: 'one link, or all of them; secrets are never shown again',
    action: async ([code]) => {
      const links = await (await context.database()).transaction((tx) => readBankLinks(tx));
      const wanted = links.filter((each) => code === undefined || each.code === code);
      if (code !== undefined && wanted.length === 0) throw new CommandRefused(`${code} is not linked`);
      return shown(wanted);
    },
  });
}

function whole(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new WrongUsage(`${text} is no whole number`);
  return Number(text);
}

async function wishOf(options: Options): Promise<BankLinkWish> {
  const { way, url, secret, deadlineMs, bank, bic } = options;
  if (way !== undefined && !isWay(way)) throw new WrongUsage(`--way is one of ${WAYS.join(', ')}`);
  return {
    ...(isWay(way) && { way }),
    ...(typeof url === 'string' && { url }),
    ...(typeof secret === 'string' && { secret: (await readText(secret)).trim() }),
    ...(typeof deadlineMs === 'number' && { deadlineMs }),
    ...(typeof bank === 'string' && { bank }),
    ...(typeof bic === 'string' && { bic: bic === 'none' ? null : bic }),
  };
}

function isWay(text: unknown): text is Way {
  return WAYS.some((way) => way === text);
}

function shown(links: readonly BankLink[], secret?: string): Answer {
  const data = links.map((link) => ({ channel: link.code, ...shownBankLink(link) }));
  const told = secret === undefined ? {} : { secret };
  const [one] = data;
  const words = [
    data.length === 0 ? '(none)' : layOut(data),
    ...(secret === undefined ? [] : [`Secret of the link. Keep this, it is not shown again:\n${secret}`]),
  ];
  return {
    data: data.length === 1 && one !== undefined ? { ...one, ...told } : data,
    text: words.join('\n'),
  };
}
