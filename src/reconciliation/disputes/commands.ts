// `wasit dispute …` and `wasit case open`: as the person who is signed in. In how many working days what is decided is the
// operator's to set, on the database itself.

import type { Command } from 'commander';
import { callAsPerson, recordAudit } from '../../access/index.ts';
import { fileVerbs } from '../../approvals/index.ts';
import {
  addVerb,
  layOut,
  noun,
  WrongUsage,
  type Answer,
  type CommandContext,
} from '../../platform/cli/index.ts';
import { OPENERS, OUTCOMES, REASONS } from './dispute.ts';
import type { DisputeAnswer, DisputeEntry } from './schema.ts';
import { listDays, putDays } from './store-rule.ts';

export function registerDisputeCommands(program: Command, context: CommandContext): void {
  const dispute = noun(program, 'dispute', 'what is said against payments, and what comes of it');
  lookVerbs(dispute, context);
  workVerbs(dispute, context);
  fileVerbs(dispute, context, (id) => `${pathOf(id)}/evidence`);
  ruleVerb(dispute, context);
  addVerb(noun(program, 'case', 'disputes that the desk opens for payers who complain'), {
    usage: 'open',
    summary: 'opens one; the payer is given its number',
    options: (command) =>
      command
        .requiredOption('--payment <id>', 'its id, or the number on the receipt')
        .requiredOption('--payer-said <text>', 'what he says')
        .requiredOption('--reason <reason>', REASONS.join(', '))
        .requiredOption('--reference <text>', 'the name of this case at the desk; one reference, one case'),
    action: async (_, { payment, payerSaid, reason, reference }) =>
      call(context, 'POST', '/v1/cases', {
        reference: String(reference),
        payment: String(payment),
        reason: String(reason),
        payerSaid: String(payerSaid),
      }),
  });
}

function lookVerbs(dispute: Command, context: CommandContext): void {
  addVerb(dispute, {
    usage: 'list',
    summary: 'disputes and cases, the oldest first',
    options: (command) =>
      command
        .option('--state <state>', 'opened, under-review, upheld, refused, closed, withdrawn')
        .option('--opened-by <who>', OPENERS.join(', '))
        .option('--overdue', 'whose time has passed')
        .option('--biller <code>', 'about one biller’s payments')
        .option('--after <id>', 'the next page'),
    action: async (_, options) => {
      const query = new URLSearchParams();
      for (const name of ['state', 'openedBy', 'biller', 'after'])
        if (typeof options[name] === 'string') query.set(name, options[name]);
      if (options['overdue'] === true) query.set('overdue', 'true');
      const path = `/v1/disputes?${query.toString()}`;
      const { body } = await callAsPerson(context, { method: 'GET', path });
      const { items } = body as { items: DisputeEntry[] };
      return { data: body, text: items.length === 0 ? '(none)' : layOut(items.map(briefly)) };
    },
  });
  addVerb(dispute, {
    usage: 'show <id>',
    summary: 'one dispute, or a case by its number',
    action: ([id = '']) => call(context, 'GET', pathOf(id)),
  });
}

const MOVES = {
  review: ['review', 'takes it up'],
  withdraw: ['withdrawal', 'takes it back'],
  close: ['closing', 'all is done that its outcome asked for'],
} as const;

function workVerbs(dispute: Command, context: CommandContext): void {
  for (const [verb, [path, summary]] of Object.entries(MOVES))
    addVerb(dispute, {
      usage: `${verb} <id>`,
      summary,
      options: (command) => command.option('--comment <text>', 'for the others'),
      action: ([id = ''], { comment }) =>
        call(context, 'POST', `${pathOf(id)}/${path}`, typeof comment === 'string' ? { comment } : {}),
    });
  addVerb(dispute, {
    usage: 'comment <id> <text>',
    summary: 'says something about it',
    action: ([id = '', comment = '']) => call(context, 'POST', `${pathOf(id)}/comments`, { comment }),
  });
  addVerb(dispute, {
    usage: 'decide <id> <outcome>',
    summary: `asks for ${OUTCOMES.join(', ')}, which another person accepts`,
    options: (command) =>
      command
        .requiredOption(
          '--words <text>',
          'why; told to the agency and the channel where the payment is undone',
        )
        .requiredOption('--reference <text>', 'the name of this request; one reference, one request'),
    action: ([id = '', outcome = ''], { words, reference }) =>
      call(context, 'POST', `${pathOf(id)}/decisions`, {
        outcome,
        words: String(words),
        reference: String(reference),
      }),
  });
}

function ruleVerb(dispute: Command, context: CommandContext): void {
  addVerb(dispute, {
    usage: 'rule [who]',
    summary: 'in how many working days is decided what a channel, the desk or a break opens',
    options: (command) => command.option('--days <n>', '1 to 60; holds for those opened from then on'),
    action: async ([who], { days }) => {
      const database = await context.database();
      if (who === undefined) return { data: await database.transaction(listDays) };
      const openedBy = OPENERS.find((each) => each === who);
      if (openedBy === undefined) throw new WrongUsage(`${who} is none of ${OPENERS.join(', ')}`);
      const count = Number(days);
      if (!Number.isInteger(count) || count < 1 || count > 60) throw new WrongUsage('--days is 1 to 60');
      await database.transaction(async (tx) => {
        await putDays(tx, openedBy, count);
        const subject = `dispute-rule/${openedBy}`;
        await recordAudit(tx, context.actor, { action: 'dispute.rule', subject, after: { days: count } });
      });
      return { data: { openedBy, days: count } };
    },
  });
}

function pathOf(id: string): string {
  return `/v1/disputes/${encodeURIComponent(id)}`;
}

async function call(
  context: CommandContext,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<Answer> {
  const answer = await callAsPerson(context, { method, path, body });
  const { history, evidence, ...entry } = answer.body as DisputeAnswer;
  const steps = history.map(({ at, by, client, action, comment, content }) => ({
    at,
    who: by?.login ?? client ?? 'the system',
    action,
    ...(comment !== undefined && { comment }),
    ...(content !== undefined && { what: JSON.stringify(content) }),
  }));
  const files = evidence.map(({ attachmentId, name, size }) => ({ attachmentId, name, size }));
  const parts = [layOut(entry), layOut(steps), ...(files.length > 0 ? [layOut(files)] : [])];
  return { data: answer.body, text: parts.join('\n\n') };
}

function briefly(entry: DisputeEntry): object {
  return {
    id: entry.disputeId,
    case: entry.caseNumber ?? '',
    state: entry.state,
    due: entry.overdue ? `${entry.dueAt} (overdue)` : entry.dueAt,
    reason: entry.reason,
    amount: entry.amount,
    channel: entry.channelCode,
    payment: entry.paymentId ?? '',
  };
}
