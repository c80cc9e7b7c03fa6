// `wasit mandate …`: as the person who is signed in. Mandates are opened and validated by programs (`wasit call`).

import type { Command } from 'commander';
import { callAsPerson } from '../../access/index.ts';
import {
  addVerb,
  layOut,
  noun,
  WrongUsage,
  type Answer,
  type CommandContext,
} from '../../platform/cli/index.ts';
import type { MandateAnswer, MandateEntry } from './answer-schema.ts';
import { SIDES } from './mandate.ts';
import { MANDATE_STATES } from './states.ts';
import { BANK_TOLD } from './store-ending.ts';

export function registerMandateCommands(program: Command, context: CommandContext): void {
  const mandate = noun(program, 'mandate', 'what payers let agencies collect from their accounts');
  lookVerbs(mandate, context);
  decideVerb(mandate, context);
  holdVerbs(mandate, context);
}

function lookVerbs(mandate: Command, context: CommandContext): void {
  addVerb(mandate, {
    usage: 'list',
    summary: 'mandates, the oldest first',
    options: (command) =>
      command
        .option('--state <state>', MANDATE_STATES.join(', '))
        .option('--payer-id <number>', 'the payer’s number with the agency')
        .option('--channel <code>', 'of one bank')
        .option('--opened-by <who>', SIDES.join(', '))
        .option('--reference <text>', 'of whoever opened it')
        .option(
          '--bank-told <how>',
          `ended here: ${BANK_TOLD.join(', ')} (by-hand: the agency has to tell the bank)`,
        )
        .option('--biller <code>', 'of one agency')
        .option('--after <id>', 'the next page'),
    action: async (_, options) => {
      const query = new URLSearchParams();
      for (const name of [
        'state',
        'payerId',
        'channel',
        'openedBy',
        'reference',
        'bankTold',
        'biller',
        'after',
      ])
        if (typeof options[name] === 'string') query.set(name, options[name]);
      const path = `/v1/mandates?${query.toString()}`;
      const { body } = await callAsPerson(context, { method: 'GET', path });
      const { items } = body as { items: MandateEntry[] };
      return { data: body, text: items.length === 0 ? '(none)' : layOut(items.map(briefly)) };
    },
  });
  addVerb(mandate, {
    usage: 'show <id>',
    summary: 'one mandate, with what it covers and its history',
    action: ([id = '']) => call(context, 'GET', pathOf(id)),
  });
}

const DECISIONS = ['accept', 'reject', 'return'];

function decideVerb(mandate: Command, context: CommandContext): void {
  addVerb(mandate, {
    usage: 'decide <id> <decision>',
    summary: `for the agency: ${DECISIONS.join(', ')}`,
    options: (command) => command.option('--comment <text>', 'why; needed unless it is accepted'),
    action: ([id = '', decision = ''], { comment }) => {
      if (!DECISIONS.includes(decision))
        throw new WrongUsage(`the decision is one of ${DECISIONS.join(', ')}`);
      const body = { decision, ...(typeof comment === 'string' && { comment }) };
      return call(context, 'POST', `${pathOf(id)}/decision`, body);
    },
  });
}

const HOLDS = {
  suspend: ['suspension', 'nothing is collected under it until it is resumed'],
  resume: ['resumption', 'lifts what this side has suspended'],
  cancel: ['cancellation', 'ends it for ever'],
} as const;

function holdVerbs(mandate: Command, context: CommandContext): void {
  for (const [verb, [path, summary]] of Object.entries(HOLDS))
    addVerb(mandate, {
      usage: `${verb} <id>`,
      summary,
      options: (command) =>
        command
          .requiredOption('--reason <text>', 'why; the payer reads it')
          .option('--for-payer', 'in the payer’s name, who has asked for it'),
      action: ([id = ''], { reason, forPayer }) =>
        call(context, 'POST', `${pathOf(id)}/${path}`, {
          reason: String(reason),
          ...(forPayer === true && { by: 'payer' }),
        }),
    });
}

function pathOf(id: string): string {
  return `/v1/mandates/${encodeURIComponent(id)}`;
}

async function call(
  context: CommandContext,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await callAsPerson(context, { method, path, body });
  const { history, covers, form, ...entry } = answer.body as MandateAnswer;
  const steps = history.map(({ at, by, client, side, action, state, reason }) => ({
    at,
    who: by?.login ?? client ?? 'the system',
    side,
    action,
    state,
    reason: reason ?? '',
  }));
  const covered = covers.map((each) => ({ ...each, units: each.units.length === 0 ? 'all' : each.units }));
  const parts = [entry, covered, ...(form === null ? [] : [form]), steps].map((each) => layOut(each));
  return { data: answer.body, text: parts.join('\n\n') };
}

function briefly(entry: MandateEntry): object {
  return {
    id: entry.mandateId,
    state: entry.state,
    agency: entry.billerCode,
    payer: entry.payerId,
    bank: entry.channelCode,
    account: entry.account.number,
    reference: entry.reference,
    until: entry.validUntil ?? '',
  };
}
