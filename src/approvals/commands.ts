// `wasit approval …`: the work list of the person who is signed in, over the API. How many steps a kind of request has
// is the operator's to set, on the database itself.

import type { Command } from 'commander';
import { callAsPerson } from '../access/index.ts';
import {
  addVerb,
  layOut,
  noun,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { listRules, setRule } from './set-rule.ts';
import { fileVerbs } from './file-verbs.ts';
import type { Entry, Shown } from './show-approval.ts';

/** `kinds`: of all requests that there are. */
export function registerApprovalCommands(
  program: Command,
  context: CommandContext,
  kinds: readonly string[],
): void {
  const approval = noun(
    program,
    'approval',
    'requests that another person decides; sign in first: wasit login',
  );
  lookVerbs(approval, context);
  decisionVerbs(approval, context);
  askerVerbs(approval, context);
  fileVerbs(approval, context, (id) => `/v1/approvals/${encodeURIComponent(id)}/attachments`);
  ruleVerb(approval, context, kinds);
}

function lookVerbs(approval: Command, context: CommandContext): void {
  addVerb(approval, {
    usage: 'list',
    summary: 'requests, the newest first',
    options: (command) =>
      command
        .option('--mine <which>', 'to-decide: what waits for me; asked: what I asked for')
        .option('--state <state>', 'open, returned, accepted, rejected, withdrawn')
        .option('--kind <kind>', 'such as top-up')
        .option('--biller <code>', 'one biller’s (the operator’s people)'),
    action: async (_, options) => {
      const query = new URLSearchParams();
      for (const name of ['mine', 'state', 'kind', 'biller'])
        if (typeof options[name] === 'string') query.set(name, options[name]);
      const { body } = await callAsPerson(context, {
        method: 'GET',
        path: `/v1/approvals?${query.toString()}`,
      });
      const { items } = body as { items: Entry[] };
      return { data: body, text: items.length === 0 ? '(none)' : layOut(items.map(briefly)) };
    },
  });
  addVerb(approval, {
    usage: 'show <id>',
    summary: 'one request, with all that was said',
    action: async ([id = '']) =>
      told(
        (await callAsPerson(context, { method: 'GET', path: `/v1/approvals/${encodeURIComponent(id)}` }))
          .body,
      ),
  });
}

const VERBS = {
  accept: 'the next person’s turn, or what was asked for is done',
  reject: 'the request has ended; needs --comment',
  return: 'to who asked, to be changed; needs --comment',
} as const;

function decisionVerbs(approval: Command, context: CommandContext): void {
  for (const [verb, summary] of Object.entries(VERBS)) {
    addVerb(approval, {
      usage: `${verb} <id>`,
      summary,
      options: (command) => command.option('--comment <text>', 'for the others'),
      action: async ([id = ''], options) => {
        const comment = commentOf(options);
        if (verb !== 'accept' && comment === undefined) throw new WrongUsage('say why: --comment');
        return send(context, 'POST', id, `/${verb}`, comment === undefined ? {} : { comment });
      },
    });
  }
}

function askerVerbs(approval: Command, context: CommandContext): void {
  addVerb(approval, {
    usage: 'comment <id> <text>',
    summary: 'says something about it',
    action: ([id = '', comment = '']) => send(context, 'POST', id, '/comments', { comment }),
  });
  addVerb(approval, {
    usage: 'withdraw <id>',
    summary: 'takes back what one has asked for',
    options: (command) => command.option('--comment <text>', 'for the others'),
    action: ([id = ''], options) => {
      const comment = commentOf(options);
      return send(context, 'POST', id, '/withdrawal', comment === undefined ? {} : { comment });
    },
  });
  addVerb(approval, {
    usage: 'change <id> <content>',
    summary: 'what was returned, and sends it again; the content is JSON',
    options: (command) => command.option('--comment <text>', 'for the others'),
    action: async ([id = '', content = ''], options) => {
      const comment = commentOf(options);
      const parsed = parseContent(content);
      return send(context, 'PUT', id, '', { content: parsed, ...(comment !== undefined && { comment }) });
    },
  });
}

function ruleVerb(approval: Command, context: CommandContext, kinds: readonly string[]): void {
  addVerb(approval, {
    usage: 'rule [kind]',
    summary: 'how many persons accept requests of a kind; without one, the rules as they are',
    options: (command) => command.option('--steps <n>', '1 to 5'),
    action: async ([kind], options) => {
      const database = await context.database();
      if (kind === undefined) return { data: await listRules(database) };
      if (!kinds.includes(kind)) throw new WrongUsage(`${kind} is no kind of request: ${kinds.join(', ')}`);
      const steps = Number(options['steps']);
      if (!Number.isInteger(steps) || steps < 1 || steps > 5) throw new WrongUsage('--steps is 1 to 5');
      await setRule(database, kind, steps, context.actor);
      return { data: { kind, steps }, text: `requests of kind ${kind} are accepted by ${steps} from now on` };
    },
  });
}

async function send(
  context: CommandContext,
  method: 'POST' | 'PUT',
  id: string,
  verb: string,
  body: object,
): Promise<Answer> {
  const path = `/v1/approvals/${encodeURIComponent(id)}${verb}`;
  return told((await callAsPerson(context, { method, path, body })).body);
}

/** What a request that was asked for over the API looks like at the command line. */
export function told(body: unknown): Answer {
  const shown = body as Shown;
  const { history, attachments, content, ...entry } = shown;
  const lines = history.map(
    ({ at, by, action, comment }) =>
      `${at}  ${by?.name ?? 'the system'} ${action}${comment === undefined ? '' : `: ${indented(comment)}`}`,
  );
  const files = attachments.map((file) => `${file.attachmentId}  ${file.name} (${file.size} bytes)`);
  return {
    data: body,
    text: [
      layOut({ ...entry, askedBy: entry.askedBy?.name ?? 'the system', ...content }),
      '',
      ...lines,
      ...(files.length > 0 ? ['', ...files] : []),
    ].join('\n'),
  };
}

/** No line of a comment looks like one of the history. */
function indented(comment: string): string {
  return comment.replaceAll('\n', '\n    ');
}

function briefly({ approvalId, state, step, steps, kind, billerCode, summary, askedBy }: Entry): object {
  return {
    id: approvalId,
    state: steps > 1 && state === 'open' ? `open ${step}/${steps}` : state,
    kind,
    biller: billerCode ?? 'operator',
    asked: askedBy?.login ?? 'the system',
    what: summary,
  };
}

function commentOf(options: Options): string | undefined {
  const { comment } = options;
  return typeof comment === 'string' ? comment : undefined;
}

function parseContent(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new WrongUsage(`the content is no JSON: ${(error as Error).message}`);
  }
}
