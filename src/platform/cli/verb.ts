// How a command is declared, so that all of them behave alike: `--json` everywhere, `--yes` and `--dry-run` where
// something is taken away, and what an action returns is what is printed.

import type { Command } from 'commander';
import { confirm } from './confirm.ts';
import { layOut, print, printPage } from './print.ts';

/** What an action has to say: `data` with `--json`, else the text, or the data laid out when there is no text. */
export interface Answer {
  readonly data: unknown;
  readonly text?: string;
  /** It tells of messages in several languages, and nothing that others have written. */
  readonly isPage?: true;
  /** 1: done as told, and the answer is bad news (a broken invariant, a refused request). */
  readonly exitCode?: 0 | 1;
}

export type Options = Readonly<Record<string, unknown>>;

export interface Verb {
  /** As commander reads it, such as `suspend <code>`. */
  readonly usage: string;
  readonly summary: string;
  /** Adds options of its own. */
  readonly options?: (command: Command) => void;
  readonly action: (args: readonly string[], options: Options) => Promise<Answer>;
}

/** A verb that takes something away: says what it would do, and asks before it does. */
export interface DestructiveVerb extends Verb {
  /** What would happen, as a sentence without its stop; throws CommandRefused when nothing could. */
  readonly intent: (args: readonly string[], options: Options) => Promise<string>;
  /** With `--dry-run`: what it would come to, one by one; its data is an object. */
  readonly preview?: (args: readonly string[], options: Options) => Promise<Answer>;
}

/** The noun of a command, made once: `biller`, `channel` … */
export function noun(program: Command, name: string, summary: string): Command {
  return (
    program.commands.find((command) => command.name() === name) ?? program.command(name).description(summary)
  );
}

export function addVerb(parent: Command, verb: Verb): void {
  const command = declare(parent, verb);
  command.action(async () => {
    answer(command, await verb.action(command.args, command.opts()));
  });
}

export function addDestructiveVerb(parent: Command, verb: DestructiveVerb): void {
  const command = declare(parent, verb)
    .option('--yes', 'do it without asking')
    .option('--dry-run', 'say what would be done, and do nothing');
  command.action(async () => {
    const options: Options = command.opts();
    const intent = await verb.intent(command.args, options);
    if (options['dryRun'] === true) {
      const seen = await verb.preview?.(command.args, options);
      const text =
        seen === undefined ? `would ${intent}` : `would ${intent}:\n\n${seen.text ?? layOut(seen.data)}`;
      return answer(command, {
        data: { dryRun: true, would: intent, ...(seen?.data as object | undefined) },
        text,
      });
    }
    if (options['yes'] !== true) await confirm(`${intent[0]?.toUpperCase()}${intent.slice(1)}. Go on?`);
    return answer(command, await verb.action(command.args, options));
  });
}

function declare(parent: Command, verb: Verb): Command {
  const command = parent.command(verb.usage).description(verb.summary).option('--json', 'answer as JSON');
  verb.options?.(command);
  return command;
}

function answer(command: Command, { data, text, isPage, exitCode }: Answer): void {
  if (command.opts()['json'] === true) print(JSON.stringify(data, plain, 2));
  else if (isPage === true && text !== undefined) printPage(text);
  else print(text ?? data);
  if (exitCode === 1) process.exitCode = 1;
}

/** Numbers of any size as they are written; no float passes through here. */
function plain(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
