// `wasit message …`: what payers were told, the texts of a biller's own, and who is not to be told.

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
} from '../../platform/cli/index.ts';
import { isKind, isLanguage, isMedium, KINDS, LANGUAGES, MEDIA, type Medium } from './message.ts';
import { setOptOut } from './opt-out.ts';
import { setTemplate, showTemplates, type ShownTemplate } from './set-template.ts';
import { messagesOf, recentMessages } from './show-messages.ts';
import type { TemplateKey } from './store-desk.ts';

const STATES = ['waiting', 'sending', 'sent', 'failed', 'unknown', 'suppressed'];

export function registerMessageCommands(program: Command, context: CommandContext): void {
  const message = noun(program, 'message', 'what payers are told, by SMS and e-mail');
  addVerb(message, {
    usage: 'list',
    summary: 'the latest messages; addresses are masked',
    options: (command) => {
      command
        .option('--biller <code>', 'of this agency only')
        .option('--state <state>', STATES.join(', '))
        .option('--limit <n>', 'so many at the most, up to 1000', '50');
    },
    action: async (_, options) => {
      const { biller, state } = options as { biller?: string; state?: string };
      if (state !== undefined && !STATES.includes(state))
        throw new WrongUsage(`the state is one of ${STATES.join(', ')}`);
      const limit = Number(options['limit']);
      if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
        throw new WrongUsage('--limit is from 1 to 1000');
      const wish = { code: biller ?? null, state: state ?? null, limit };
      return { data: await recentMessages(await context.database(), wish) };
    },
  });
  addVerb(message, {
    usage: 'show <payment|receipt|event>',
    summary: 'its messages with their texts as the templates say them now',
    action: async ([name = '']) => {
      const data = await messagesOf(await context.database(), name);
      if (data === undefined) throw new CommandRefused(`${name} is no payment, receipt or event`);
      return { data, text: data.length === 0 ? '(none)' : data.map(layOut).join('\n\n') };
    },
  });
  for (const to of ['out', 'in'] as const) {
    addVerb(message, {
      usage: `opt-${to} <biller> <medium> <address>`,
      summary: to === 'out' ? 'this address is not told any more by this agency' : 'it is told again',
      action: async ([billerCode = '', medium = '', address = '']) => {
        const wish = { billerCode, medium: mediumOf(medium), address, to };
        const database = await context.database();
        return { data: orRefuse(await setOptOut(database, await context.masterKey(), wish, context.actor)) };
      },
    });
  }
  registerTemplateCommands(noun(message, 'template', 'the texts of messages'), context);
}

function registerTemplateCommands(template: Command, context: CommandContext): void {
  addVerb(template, {
    usage: 'set <biller> <kind> <medium> <language> [text]',
    summary: `a text of the agency's own, as it is or @file; kinds: ${KINDS.join(', ')}`,
    options: (command) => {
      command
        .option('--subject <line>', 'of e-mails')
        .option('--default', 'back to the text that comes with the program');
    },
    action: async ([billerCode = '', kind = '', medium = '', language = '', text], options) => {
      const key = keyOf(kind, medium, language);
      const isDefault = options['default'] === true;
      if (isDefault !== (text === undefined)) throw new WrongUsage('give either a text or --default');
      const { subject } = options as { subject?: string };
      const body = text === undefined ? '' : (await readText(text)).replace(/\r\n/g, '\n').trimEnd();
      const own = isDefault ? undefined : { body, ...(subject !== undefined && { subject }) };
      const data = orRefuse(await setTemplate(await context.database(), billerCode, key, own, context.actor));
      return { data, text: inWords(data) };
    },
  });
  addVerb(template, {
    usage: 'show <biller>',
    summary: 'the texts that hold for this agency',
    options: (command) => {
      command
        .option('--kind <kind>', KINDS.join(', '))
        .option('--medium <medium>', MEDIA.join(', '))
        .option('--language <language>', LANGUAGES.join(', '));
    },
    action: async ([billerCode = ''], options): Promise<Answer> => {
      const all = await showTemplates(await context.database(), billerCode);
      if (all === undefined) throw new CommandRefused(`there is no biller ${billerCode}`);
      const names = ['kind', 'medium', 'language'] as const;
      const data = all.filter((each) => names.every((name) => (options[name] ?? each[name]) === each[name]));
      return { data, text: data.length === 0 ? '(none)' : data.map(inWords).join('\n\n') };
    },
  });
}

function keyOf(kind: string, medium: string, language: string): TemplateKey {
  if (!isKind(kind)) throw new WrongUsage(`the kind is one of ${KINDS.join(', ')}`);
  if (!isLanguage(language)) throw new WrongUsage(`the language is one of ${LANGUAGES.join(', ')}`);
  return { kind, medium: mediumOf(medium), language };
}

function mediumOf(medium: string): Medium {
  if (!isMedium(medium)) throw new WrongUsage(`the medium is one of ${MEDIA.join(', ')}`);
  return medium;
}

function inWords({ kind, medium, language, own, subject, body }: ShownTemplate): string {
  const head = `${kind} ${medium} ${language}${own ? ' (own)' : ''}`;
  return [
    head,
    ...(subject === undefined ? [] : [`  ${subject}`]),
    ...body.split('\n').map((line) => `  ${line}`),
  ].join('\n');
}
