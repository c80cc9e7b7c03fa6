// `wasit bills import`: a bill file of any size into the database, by the same road as one sent over HTTP. Lines
// that are refused are counted and told; they never stop the good ones.

import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import type { Command } from 'commander';
import { loadBillers } from '../billers/index.ts';
import {
  addVerb,
  CommandRefused,
  counted,
  formatOfFile,
  noun,
  progress,
  type Answer,
  type CommandContext,
} from '../platform/cli/index.ts';
import { importBillFile, type ImportedFile } from './import-bill-file.ts';

export function registerBillCommands(program: Command, context: CommandContext): void {
  addVerb(noun(program, 'bills', 'what is owed'), {
    usage: 'import <file>',
    summary: 'a CSV or NDJSON file, also gzipped (.gz)',
    options: (command) =>
      command
        .requiredOption('--biller <code>', 'whose bills they are')
        .option('--format <name>', 'csv or ndjson, when the name does not say'),
    action: ([file = ''], options) => importFile(context, file, String(options['biller']), options['format']),
  });
}

async function importFile(
  context: CommandContext,
  file: string,
  billerCode: string,
  wanted: unknown,
): Promise<Answer> {
  const format = formatOfFile(file, wanted);
  const size = await fs.stat(file).then(
    (found) => found.size,
    (error: Error) => {
      throw new CommandRefused(`${file} cannot be read: ${error.message}`);
    },
  );
  const database = await context.database();
  const biller = (await database.transaction(loadBillers)).find(({ code }) => code === billerCode);
  if (biller === undefined) throw new CommandRefused(`there is no biller ${billerCode}`);
  const bar = progress();
  const imported = await importBillFile(database, biller, {
    format,
    compressed: file.endsWith('.gz'),
    stream: counted(createReadStream(file), (bytes) => bar.show('received', size === 0 ? 1 : bytes / size)),
    onLines: (lines) => bar.show(`${lines} lines loaded`),
  }).finally(() => bar.end());
  if ('code' in imported) {
    throw new CommandRefused(
      `${file} was refused: ${imported.code}${imported.errors?.map((e) => `, ${e.detail}`).join('') ?? ''}`,
    );
  }
  return result(file, imported);
}

/** Bills that the file had wrong are the agency's to mend; the command has failed only when the file has. */
function result(file: string, imported: ImportedFile): Answer {
  const { fileId, known, loadedBefore, state, failure, counts, rejects } = imported;
  const data = { fileId, known, state, failure, ...counts, rejects };
  if (state === 'failed') return { data, text: `${file} failed: ${failure}`, exitCode: 1 };
  const { lines, created, replaced, unchanged, rejected } = counts;
  const sum = `${lines} lines: ${created} created, ${replaced} replaced, ${unchanged} unchanged, ${rejected} rejected`;
  const shown = rejects.map(
    (reject) => `  line ${reject.line}: ${reject.field} ${reject.detail} (${reject.code})`,
  );
  const more = rejected > rejects.length ? [`  … and ${rejected - rejects.length} more`] : [];
  const text = [
    ...(loadedBefore
      ? [`nothing was done: these very bytes were imported before, as ${fileId}, with this result`]
      : [fileId]),
    sum,
    ...shown,
    ...more,
  ].join('\n');
  return { data, text };
}
