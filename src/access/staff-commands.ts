// `wasit staff …`: the operator's commands for the people who sign in. They work on the database itself, so that the
// first person can be made, and the last one let in again.

import type { Command } from 'commander';
import {
  addDestructiveVerb,
  addVerb,
  CommandRefused,
  noun,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { addStaff } from './add-staff.ts';
import { bindStaff } from './bind-staff.ts';
import { disableStaff, endAllSessions, listStaff, removeFactor, setPassword } from './change-staff.ts';
import { orRefuse } from './or-refuse.ts';
import { newPassword } from './password-rules.ts';
import { ROLES } from './person.ts';
import { readPassword } from './read-password.ts';
import { showPerson } from './schema.ts';

export function registerStaffCommands(program: Command, context: CommandContext): void {
  const staff = noun(program, 'staff', 'people who sign in: the operator’s, an agency’s, a channel’s');
  addVerb(staff, {
    usage: 'add <login>',
    summary: 'a new person; the password is asked for, or read from a pipe',
    options: (command) =>
      command
        .requiredOption('--name <name>', 'his name')
        .requiredOption('--role <role>', ROLES.join(', '))
        .option('--biller <code>', 'of an agency’s people')
        .option('--channel <code>', 'of a channel’s people')
        .option('--language <language>', 'ar, fr or en', 'en')
        .option('--generate', 'make a password, and show it once'),
    action: async ([login = ''], options) => {
      const password = await passwordFor(login, options);
      const wish = {
        login,
        name: String(options['name']),
        role: String(options['role']),
        billerCode: textOf(options, 'biller'),
        channelCode: textOf(options, 'channel'),
        language: textOf(options, 'language'),
        password,
      };
      const person = orRefuse(await addStaff(await context.database(), wish, context.actor));
      return told(`${login} can sign in as ${person.role}`, showPerson(person), password, options);
    },
  });
  addVerb(staff, {
    usage: 'set-password <login>',
    summary: 'another password; ends his sessions',
    options: (command) => command.option('--generate', 'make a password, and show it once'),
    action: async ([login = ''], options) => {
      const password = await passwordFor(login, options);
      const done = orRefuse(await setPassword(await context.database(), login, password, context.actor));
      return told(`${login} has another password`, { login, ...done }, password, options);
    },
  });
  bindingVerbs(staff, context);
  endingVerbs(staff, context);
  addVerb(staff, {
    usage: 'list',
    summary: 'everybody',
    action: async () => ({ data: await listStaff(await context.database()) }),
  });
}

function bindingVerbs(staff: Command, context: CommandContext): void {
  addVerb(staff, {
    usage: 'bind <login>',
    summary: 'he signs in by the sign-in provider, as the subject that it knows him by',
    options: (command) =>
      command
        .requiredOption('--subject <sub>', 'as the provider shows it')
        .option('--issuer <url>', 'of the provider; without it WASIT_OIDC_ISSUER'),
    action: async ([login = ''], options) => {
      const issuer = textOf(options, 'issuer') ?? context.signInIssuer;
      if (issuer === undefined)
        throw new CommandRefused(
          'no sign-in provider is known: set WASIT_OIDC_ISSUER, or name it with --issuer',
        );
      const to = { issuer, subject: String(options['subject']) };
      orRefuse(await bindStaff(await context.database(), login, to, context.actor));
      return { data: { login, ...to }, text: `${login} signs in at ${issuer} as ${to.subject}` };
    },
  });
  addDestructiveVerb(staff, {
    usage: 'unbind <login>',
    summary: 'he signs in by the provider no more; ends his sessions',
    intent: ([login = '']) => Promise.resolve(`unbind ${login}, who signs in by the provider no more`),
    action: async ([login = '']) => {
      const done = orRefuse(await bindStaff(await context.database(), login, undefined, context.actor));
      return { data: { login, ...done }, text: `${login} is bound to no subject` };
    },
  });
}

/** What takes his way in, or his sessions. */
function endingVerbs(staff: Command, context: CommandContext): void {
  addDestructiveVerb(staff, {
    usage: 'disable <login>',
    summary: 'he can sign in no more; ends his sessions',
    intent: ([login = '']) => Promise.resolve(`disable ${login}: nobody signs in with it any more`),
    action: async ([login = '']) => {
      const done = orRefuse(await disableStaff(await context.database(), login, context.actor));
      return { data: { login, ...done }, text: `${login} is disabled${done.changed ? '' : ' already'}` };
    },
  });
  addDestructiveVerb(staff, {
    usage: 'remove-factor <login>',
    summary: 'his second factor is lost; ends his sessions',
    intent: ([login = '']) =>
      Promise.resolve(`remove the second factor of ${login}, who then signs in with the password alone`),
    action: async ([login = '']) => {
      const done = orRefuse(await removeFactor(await context.database(), login, context.actor));
      const text = done.changed ? `${login} has no second factor any more` : `${login} had no second factor`;
      return { data: { login, ...done }, text };
    },
  });
  addDestructiveVerb(staff, {
    usage: 'end-sessions <login>',
    summary: 'ends his sessions; he may sign in again',
    intent: ([login = '']) => Promise.resolve(`end the sessions of ${login}, who may sign in again`),
    action: async ([login = '']) => {
      const { ended } = orRefuse(await endAllSessions(await context.database(), login, context.actor));
      return { data: { login, ended }, text: `${ended} sessions of ${login} have ended` };
    },
  });
}

async function passwordFor(login: string, options: Options): Promise<string> {
  return options['generate'] === true ? newPassword() : readPassword(`Password of ${login}: `);
}

function told(
  text: string,
  data: object,
  password: string,
  options: Options,
): { data: object; text: string } {
  if (options['generate'] !== true) return { data, text };
  return { data: { ...data, password }, text: `${text}; his password, shown once: ${password}` };
}

function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
