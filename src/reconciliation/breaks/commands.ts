// `wasit break list|show|assign|comment|resolve`: the desk's work list, as the person who is signed in.

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
import type { BreakAnswer, BreakEntry } from './schema.ts';

export function registerBreakCommands(program: Command, context: CommandContext): void {
  const breaks = noun(
    program,
    'break',
    'what two sides do not say alike, until persons resolve it; sign in first: wasit login',
  );
  lookVerbs(breaks, context);
  workVerbs(breaks, context);
  addVerb(breaks, {
    usage: 'resolve <id> <resolution> [content]',
    summary:
      'asks for a resolution (break show names them), which another person accepts; the content is JSON',
    options: (command) =>
      command
        .requiredOption('--reference <text>', 'the name of this request; one reference, one request')
        .option('--comment <text>', 'for the others'),
    action: async ([id = '', resolution = '', content], { reference, comment }) =>
      send(context, id, 'resolutions', {
        reference: String(reference),
        resolution,
        ...(typeof comment === 'string' && { comment }),
        ...(content !== undefined && { content: parseContent(content) }),
      }),
  });
}

function lookVerbs(breaks: Command, context: CommandContext): void {
  addVerb(breaks, {
    usage: 'list',
    summary: 'open ones, the oldest first',
    options: (command) =>
      command
        .option('--state <state>', 'open, resolved, gone, all')
        .option('--kind <kind>', 'such as missing-here')
        .option('--channel <code>', 'one channel’s')
        .option('--biller <code>', 'one biller’s (the operator’s people)')
        .option('--from <date>', 'of business dates from then on')
        .option('--to <date>', 'until then')
        .option('--owner <login>', 'whose work; none: nobody’s')
        .option('--limit <n>', 'at most so many')
        .option('--after <id>', 'the next page'),
    action: async (_, options) => {
      const query = new URLSearchParams();
      for (const name of ['state', 'kind', 'channel', 'biller', 'from', 'to', 'owner', 'limit', 'after'])
        if (typeof options[name] === 'string') query.set(name, options[name]);
      const { body } = await callAsPerson(context, {
        method: 'GET',
        path: `/v1/breaks?${query.toString()}`,
      });
      const { items, next } = body as { items: BreakEntry[]; next: string | null };
      const more = next === null ? '' : `\n\nmore: --after ${next}`;
      return { data: body, text: items.length === 0 ? '(none)' : `${layOut(items.map(briefly))}${more}` };
    },
  });
  addVerb(breaks, {
    usage: 'show <id>',
    summary: 'both sides, its history, and what was booked for it',
    action: async ([id = '']) =>
      told((await callAsPerson(context, { method: 'GET', path: pathOf(id) })).body),
  });
}

function workVerbs(breaks: Command, context: CommandContext): void {
  addVerb(breaks, {
    usage: 'assign <id> [login]',
    summary: 'says whose work it is; without a login nobody’s',
    action: ([id = '', login]) => send(context, id, 'owner', { login: login ?? null }),
  });
  addVerb(breaks, {
    usage: 'comment <id> <text>',
    summary: 'says something about it',
    action: ([id = '', comment = '']) => send(context, id, 'comments', { comment }),
  });
}

function pathOf(id: string): string {
  return `/v1/breaks/${encodeURIComponent(id)}`;
}

async function send(context: CommandContext, id: string, what: string, body: object): Promise<Answer> {
  return told((await callAsPerson(context, { method: 'POST', path: `${pathOf(id)}/${what}`, body })).body);
}

function told(body: unknown): Answer {
  const { history, journals, ours, theirs, mayEndBy, ...entry } = body as BreakAnswer;
  const steps = history.map(({ at, by, action, comment, content }) => ({
    at,
    who: by?.login ?? 'the system',
    action,
    ...(comment !== undefined && { comment }),
    // What it was opened with are both sides, which stand above.
    ...(content !== undefined && action !== 'opened' && { what: JSON.stringify(content) }),
  }));
  const booked = journals.flatMap((journal) =>
    journal.postings.map(({ account, side, amount }) => ({
      book: journal.book ?? 'operator',
      date: journal.businessDate,
      kind: journal.kind,
      account,
      side,
      amount: `${amount.value} ${amount.currency}`,
    })),
  );
  const whole = {
    ...entry,
    owner: entry.owner?.login ?? null,
    ours: JSON.stringify(ours),
    theirs: JSON.stringify(theirs),
    mayEndBy: mayEndBy.join(', '),
  };
  const parts = [layOut(whole), layOut(steps), ...(booked.length > 0 ? [layOut(booked)] : [])];
  return { data: body, text: parts.join('\n\n') };
}

function briefly(entry: BreakEntry): object {
  return {
    id: entry.breakId,
    kind: entry.kind,
    state: entry.state,
    // What went out of an account.
    amount: `${entry.direction === 'out' ? '-' : ''}${entry.amount.value} ${entry.amount.currency}`,
    days: entry.days,
    owner: entry.owner?.login ?? '',
    biller: entry.billerCode ?? 'operator',
    channel: entry.channelCode ?? '',
    date: entry.businessDate ?? '',
    reference: entry.reference ?? entry.billNumber ?? '',
  };
}

function parseContent(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new WrongUsage(`the content is no JSON: ${(error as Error).message}`);
  }
}
