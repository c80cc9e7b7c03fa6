// `wasit bank answer import`: what the worker does with the answers of banks by itself, by hand; `settings`: from where it
// fetches them; and `save`: what was sent and what came, as it was, for whoever has to look. They name payers' accounts, so a file is for its owner's eyes.

import { hash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { orRefuse } from '../access/index.ts';
import { readBankAccount } from '../billers/bank/index.ts';
import type { Database } from '../platform/db/index.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  readJson,
  WrongUsage,
  type CommandContext,
} from '../platform/cli/index.ts';
import { openAnswer, openOrder } from './sealed-file.ts';
import { setBankAnswers, showBankAnswers } from './set-answers.ts';
import { keptAnswer, keptOrder } from './store-sealing.ts';
import { takeBankAnswer, type AnswerTools } from './take-bank-answer.ts';

export function registerAnswerCommands(
  program: Command,
  context: CommandContext,
  tools: Omit<AnswerTools, 'database' | 'masterKey'>,
): void {
  const bank = noun(program, 'bank', 'the operator’s banks');
  const answer = noun(bank, 'answer', 'what banks answer to orders');
  saveVerb(noun(bank, 'order', 'files to banks'), context, {
    usage: 'save <name>',
    summary: 'writes a file as its bank was given it, by its name or message id',
    read: async (database, masterKey, name) => {
      const kept = await database.transaction((tx) => keptOrder(tx, name));
      return kept && { name: kept.name, bytes: openOrder(masterKey, kept.file_id, kept) };
    },
  });
  saveVerb(answer, context, {
    usage: 'save <name>',
    summary: 'writes an answer as it came; the newest of that name',
    read: async (database, masterKey, name) => {
      const kept = await database.transaction((tx) => keptAnswer(tx, name));
      return kept && { name: kept.name, bytes: openAnswer(masterKey, kept.answer_id, kept) };
    },
  });
  settingsVerb(answer, context);
  addVerb(answer, {
    usage: 'import <file>',
    summary: 'reads a status report (pain.002); the same bytes twice are one',
    options: (command) => command.option('--account <code>', 'refuses what is about another account of ours'),
    action: async ([file = ''], { account }) => {
      const [database, masterKey] = [await context.database(), await context.masterKey()];
      const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw new WrongUsage(`${file} cannot be read: ${error.message}`);
      });
      const named = typeof account === 'string' ? account : undefined;
      const ours = named && (await database.transaction((tx) => readBankAccount(tx, named)));
      if (named !== undefined && !ours) throw new CommandRefused(`there is no account ${named} of ours`);
      const accountId = ours ? ours.accountId : null;
      const brought = { name: path.basename(file), bytes, accountId, bankId: null };
      const taken = await takeBankAnswer({ ...tools, database, masterKey }, brought);
      const { refused, unknown, conflicts } = taken.outcome;
      if (refused !== null) throw new CommandRefused(`${file}: ${refused}`);
      const isBad = unknown.length > 0 || conflicts.length > 0;
      const { known, outcome } = taken;
      return { data: { known, ...outcome }, text: layOut({ known, ...outcome }), exitCode: isBad ? 1 : 0 };
    },
  });
}

function settingsVerb(answer: Command, context: CommandContext): void {
  addVerb(answer, {
    usage: 'settings <code>',
    summary: 'how the answers of a bank are fetched; changed by the option, `none` takes it away',
    options: (command) =>
      command.option(
        '--pickup <json>',
        '{"way": "sftp", "folder": "…", "names": ["*.xml"]}: fetched there, by the account of its handover',
      ),
    action: async ([code = ''], { pickup }) => {
      const database = await context.database();
      if (typeof pickup === 'string') {
        const change = { pickup: pickup === 'none' ? null : await readJson(pickup) };
        return { data: orRefuse(await setBankAnswers(database, code, change, context.actor)) };
      }
      const data = await showBankAnswers(database, code);
      if (data === undefined) throw new CommandRefused(`there is no bank ${code}`);
      return { data };
    },
  });
}

interface Save {
  readonly usage: string;
  readonly summary: string;
  /** undefined: there is none. */
  readonly read: (
    database: Database,
    masterKey: Buffer,
    name: string,
  ) => Promise<{ name: string; bytes: Buffer } | undefined>;
}

function saveVerb(under: Command, context: CommandContext, { usage, summary, read }: Save): void {
  addVerb(under, {
    usage,
    summary,
    options: (command) => command.requiredOption('-o, --output <file>', 'where to; nothing is overwritten'),
    action: async ([name = ''], { output }) => {
      const found = await read(await context.database(), await context.masterKey(), name);
      if (found === undefined) throw new CommandRefused(`there is no file ${name}`);
      const file = String(output);
      await fs
        .writeFile(file, found.bytes, { flag: 'wx', mode: 0o600 })
        .catch((error: NodeJS.ErrnoException) => {
          throw new WrongUsage(`${file} cannot be written: ${error.message}`);
        });
      const sha256 = hash('sha256', found.bytes);
      const { length: bytes } = found.bytes;
      return { data: { file, bytes, sha256 }, text: `${file}: ${bytes} bytes, SHA-256 ${sha256}` };
    },
  });
}
