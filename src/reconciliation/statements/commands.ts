// `wasit statement …`: files of banks by hand, and what became of them. `wasit bank statements`, `wasit channel account`: how
// they are read, and how channels are known in them.

import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { orRefuse, recordAudit } from '../../access/index.ts';
import { showId } from '../../kernel/ids.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  readJson,
  readText,
  type Answer,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import { keepHeapSmall } from '../../platform/small-heap.ts';
import { bringingOf } from './bring.ts';
import { importStatements } from './import-file.ts';
import type { LoadParts } from './load-file.ts';
import type { Placing } from './placing.ts';
import { setBankStatements, setChannelAccount, showBankStatements } from './set-settings.ts';
import { listFiles, showFile } from './show-files.ts';
import { linesVerb } from './lines-command.ts';

/** Reader and placing, as the root puts them together for a command. */
export type PartsOf = (context: CommandContext) => Promise<LoadParts & Placing>;

export function registerStatementCommands(program: Command, context: CommandContext, partsOf: PartsOf): void {
  const statement = noun(program, 'statement', 'what banks say of accounts');
  addVerb(statement, {
    usage: 'import <file>',
    summary:
      'camt.053/052/054, MT940/942 or CSV, also gzipped: read whole or refused whole, its lines placed',
    options: (command) =>
      command
        .option('--account <code>', 'refuses a file that is about another account')
        .option('--bank <code>', 'whose encoding and CSV mapping hold; left out: that of the account'),
    action: ([file = ''], options) => importFile(context, partsOf, file, options),
  });
  addVerb(statement, {
    usage: 'list',
    summary: 'files of statements, the newest first',
    options: (command) => command.option('--limit <n>', 'at most so many', Number, 20),
    action: async (_, { limit }) => {
      const files = await listFiles(await context.database(), Number(limit));
      const rows = files.map(({ fileId, receivedAt, source, name, state, statements, lines }) => {
        return { fileId, received: receivedAt.slice(0, 16), source, name, state, statements, lines };
      });
      return { data: files, text: layOut(rows) };
    },
  });
  addVerb(statement, {
    usage: 'show <fileId>',
    summary: 'one file: its statements, how they follow those before, what their lines were found to be',
    action: async ([fileId = '']) => {
      const file = await showFile(await context.database(), fileId);
      if (file === undefined) throw new CommandRefused(`there is no file ${fileId}`);
      return { data: file, text: told(file) };
    },
  });
  linesVerb(statement, context);
  bankVerb(program, context);
  channelVerbs(program, context);
}

async function importFile(
  context: CommandContext,
  partsOf: PartsOf,
  file: string,
  options: Options,
): Promise<Answer> {
  const text = (name: string): string | undefined =>
    typeof options[name] === 'string' ? options[name] : undefined;
  await fs.access(file).catch((error: Error) => {
    throw new CommandRefused(`${file} cannot be read: ${error.message}`);
  });
  keepHeapSmall();
  const parts = await partsOf(context);
  const { database } = parts;
  const said = { name: path.basename(file), account: text('account'), bank: text('bank') };
  const bringing = orRefuse(await bringingOf(database, 'command', said));
  const received = await importStatements(parts, bringing, createReadStream(file));
  if ('code' in received) throw new CommandRefused(`${file} was refused: ${received.code}`);
  const fileId = showId('sfl', received.fileId);
  await database.transaction((tx) =>
    recordAudit(tx, context.actor, {
      action: 'statement.import',
      subject: `statement-file/${fileId}`,
      after: { ...said, known: received.known },
    }),
  );
  const shown = await showFile(database, fileId);
  if (shown === undefined) throw new Error(`the file ${fileId} is gone`);
  if (shown.state === 'refused')
    throw new CommandRefused(`${file} was refused whole: ${shown.place ?? ''}: ${shown.fault ?? ''}`);
  const data = { known: received.known, ...shown };
  return { data, text: told(data) };
}

/** The file, then each of its statements. */
function told<T extends { readonly statementsRead: readonly object[] }>({
  statementsRead,
  ...file
}: T): string {
  return [layOut(file), ...statementsRead.map((statement) => layOut(statement))].join('\n\n');
}

function bankVerb(program: Command, context: CommandContext): void {
  addVerb(noun(program, 'bank', 'the operator’s banks'), {
    usage: 'statements <code>',
    summary: 'how its statements are read and fetched; changed by the options, `none` takes one away',
    options: (command) =>
      command
        .option('--encoding <name>', 'of MT and CSV files that are no UTF-8 (left out: windows-1256)')
        .option('--csv <json>', 'how it writes CSV: delimiter, columns, dateFormat, decimalSign …; or @file')
        .option(
          '--pickup <json>',
          '{"way": "sftp", "folder": "…", "names": ["*.xml"]}: fetched there, by the account of its handover',
        ),
    action: async ([code = ''], options) => {
      const database = await context.database();
      const change: Record<string, unknown> = {};
      if (typeof options['encoding'] === 'string') change['encoding'] = noneOr(options['encoding']);
      for (const name of ['csv', 'pickup']) {
        const given = options[name];
        if (typeof given === 'string') change[name] = given === 'none' ? null : await readJson(given);
      }
      if (Object.keys(change).length > 0)
        return { data: orRefuse(await setBankStatements(database, code, change, context.actor)) };
      const data = await showBankStatements(database, code);
      if (data === undefined) throw new CommandRefused(`there is no bank ${code}`);
      return { data };
    },
  });
}

function noneOr(text: string): string | null {
  return text === 'none' ? null : text;
}

function channelVerbs(program: Command, context: CommandContext): void {
  const account = noun(
    noun(program, 'channel', 'who takes payers’ money'),
    'account',
    'the accounts that a channel pays from, by which its transfers are known on statements',
  );
  for (const [verb, isRemoved] of [
    ['add', false],
    ['remove', true],
  ] as const)
    addVerb(account, {
      usage: `${verb} <channel> <number>`,
      summary: isRemoved ? 'it pays from there no more' : 'IBAN, or the country’s own number; or @file',
      action: async ([code = '', number = '']) => {
        const wish = { number: await readText(number), isRemoved };
        const accounts = orRefuse(
          await setChannelAccount(await context.database(), code, wish, context.actor),
        );
        return { data: { channel: code, accounts } };
      },
    });
}
