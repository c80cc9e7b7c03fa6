// `wasit event …`: what agencies were told, what they refused, and sending it again.

import type { Command } from 'commander';
import { findBillerId } from '../billers/index.ts';
import type { Code, Refusal } from '../kernel/errors.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  WrongUsage,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { listSetAside } from './list-aside.ts';
import { resend } from './resend.ts';
import { showWebhook } from './show-webhook.ts';

export function registerEventCommands(program: Command, context: CommandContext): void {
  const event = noun(program, 'event', 'what agencies are told');
  addVerb(event, {
    usage: 'status <biller>',
    summary: 'its webhook, and how deliveries are doing',
    action: async ([biller = '']) => {
      const database = await context.database();
      const data = orTell(await showWebhook(database, await billerIdOf(context, biller)));
      const { delivery, ...webhook } = data;
      return { data, text: layOut([{ ...webhook, ...delivery }]) };
    },
  });
  addVerb(event, {
    usage: 'list <biller>',
    summary: 'events that stand aside: refused, or behind one that was',
    options: (command) => {
      command.option('--parked', 'only those given up after three days');
    },
    action: async ([biller = ''], options) => {
      const data = await listSetAside(await context.database(), await billerIdOf(context, biller), {
        state: options['parked'] === true ? 'parked' : undefined,
        after: -1n,
        limit: 1000,
      });
      return { data, text: data.items.length === 0 ? '(none)' : layOut(data.items) };
    },
  });
  addVerb(event, {
    usage: 'resend <biller> [eventIds...]',
    summary: 'sends events again: these, or with --parked all that were given up',
    options: (command) => {
      command.option('--parked', 'all that were given up');
    },
    action: async ([biller = '', ...eventIds], options) => {
      const body = wishOf(eventIds, options);
      const database = await context.database();
      const data = orTell(await resend(database, await billerIdOf(context, biller), body, context.actor));
      return { data, text: `${data.resent} on their way again` };
    },
  });
}

function wishOf(eventIds: readonly string[], options: Options) {
  const isParked = options['parked'] === true;
  if (isParked === eventIds.length > 0) throw new WrongUsage('name events, or say --parked');
  return isParked ? { state: 'parked' as const } : { eventIds: [...eventIds] };
}

async function billerIdOf(context: CommandContext, code: string): Promise<number> {
  const billerId = await (await context.database()).transaction((tx) => findBillerId(tx, code));
  if (billerId === undefined) throw new CommandRefused(`there is no biller ${code}`);
  return billerId;
}

const WORDS: Partial<Record<Code, string>> = {
  'webhook-not-found': 'the agency has no webhook',
  'event-not-found': 'there is no such event of this agency',
};

function orTell<T extends object>(answer: T | Refusal): T {
  if (!('code' in answer)) return answer;
  const facts = Object.values(answer.facts ?? {}).map(String);
  throw new CommandRefused([WORDS[answer.code] ?? answer.code, ...facts].join(': '));
}
