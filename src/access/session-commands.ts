// `wasit login`, `logout`, `whoami`: a person's own session at a gateway, for the commands that he gives as himself.

import type { Command } from 'commander';
import { addVerb, CommandRefused, type CommandContext, type Options } from '../platform/cli/index.ts';
import { ApiRefused, callApi, callAsPerson } from './call-as-person.ts';
import { readPassword } from './read-password.ts';
import { readSessionFile, removeSessionFile, writeSessionFile } from './session-file.ts';

interface Opened {
  readonly token: string;
  readonly expiresAt: string;
  readonly staff: { readonly name: string; readonly role: string };
}

export function registerSessionCommands(program: Command, context: CommandContext): void {
  addVerb(program, {
    usage: 'login',
    summary: 'signs a person in; the password is asked for, or read from a pipe',
    options: (command) =>
      command
        .requiredOption('--login <login>', 'who')
        .option('--code <code>', 'of the second factor; asked for where it is needed')
        .option('--url <base>', 'of the gateway; without it that of the embedded one'),
    action: async (_, options) => {
      const login = String(options['login']);
      const baseUrl = await gatewayOf(context, options);
      const password = await readPassword(`Password of ${login}: `);
      const { token, expiresAt, staff } = await open(baseUrl, { login, password, ...codeOf(options) });
      await writeSessionFile(context.dataDir, { baseUrl, login, token, expiresAt });
      return {
        data: { login, expiresAt, staff },
        text: `${staff.name} is signed in as ${staff.role} until ${expiresAt}`,
      };
    },
  });
  addVerb(program, {
    usage: 'logout',
    summary: 'ends the session',
    options: (command) => command.option('--all', 'and all others of this person'),
    action: async (_, options) => {
      const session = await readSessionFile(context.dataDir);
      if (session === undefined) return { data: { signedOut: false }, text: 'nobody was signed in' };
      const path = `/v1/sessions/current${options['all'] === true ? '?all=true' : ''}`;
      // The file goes in any case: a session that had ended, or a gateway that is gone, is no reason to keep it.
      try {
        await callApi(session.baseUrl, { method: 'DELETE', path }, session.token);
      } finally {
        await removeSessionFile(context.dataDir);
      }
      return { data: { signedOut: true }, text: `${session.login} is signed out` };
    },
  });
  addVerb(program, {
    usage: 'whoami',
    summary: 'who is signed in here, and until when',
    action: async () => {
      const { body } = await callAsPerson(context, { method: 'GET', path: '/v1/sessions/current' });
      return { data: body };
    },
  });
}

/** Asks for the code of a second factor where one is needed and somebody is there to ask. */
async function open(
  baseUrl: string,
  credentials: { login: string; password: string; code?: string },
): Promise<Opened> {
  const send = async (body: object): Promise<Opened> =>
    (await callApi(baseUrl, { method: 'POST', path: '/v1/sessions', body })).body as Opened;
  try {
    return await send(credentials);
  } catch (error) {
    if (!(error instanceof ApiRefused) || error.code !== 'second-factor-required') throw error;
    if (!process.stdin.isTTY) throw new CommandRefused(`${error.message}: --code CODE`);
    const code = await readPassword(`Code of ${credentials.login}’s second factor: `);
    return send({ ...credentials, code: code.trim() });
  }
}

function codeOf({ code }: Options): { code?: string } {
  return typeof code === 'string' ? { code } : {};
}

async function gatewayOf(context: CommandContext, options: Options): Promise<string> {
  const { url } = options;
  const base = typeof url === 'string' ? url : (await context.embedded())?.baseUrl;
  if (base === undefined)
    throw new CommandRefused('no gateway is known: start one with npm start, or name it with --url');
  if (!URL.canParse(base)) throw new CommandRefused(`${base} is no address of a gateway`);
  return base;
}
