// `wasit position`: what every channel owes and is late with, or one by business date; and its statement of account.

import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Refusal } from '../../kernel/errors.ts';
import {
  addVerb,
  CommandRefused,
  layOut,
  noun,
  WrongUsage,
  type Answer,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import { isLanguage } from '../../platform/http/index.ts';
import { allPositions, channelPosition } from './position.ts';
import type { PositionAnswer } from './schema.ts';
import { statementCsv } from './statement-csv.ts';
import { statementPdf } from './statement-pdf.ts';
import { channelStatement, type ChannelStatement } from './statement.ts';

const MOST_DAYS_SHOWN = 1_000;

export function registerPositionCommands(program: Command, context: CommandContext): void {
  addVerb(program, {
    usage: 'position',
    summary: 'what channels owe, have paid and are late with',
    options: (command) =>
      command
        .enablePositionalOptions()
        .option('--channel <code>', 'one channel, with every date that is not paid')
        .option('--currency <code>', 'of this currency alone')
        .option('--from <date>', 'with --channel: business dates from it on, paid ones too')
        .option('--to <date>', 'with --channel: business dates up to it, paid ones too'),
    action: (_, options) =>
      typeof options['channel'] === 'string'
        ? one(context, options['channel'], options)
        : everyone(context, options),
  });
  addVerb(noun(program, 'position', ''), {
    usage: 'statement <channel> <from> <to>',
    summary: 'a channel’s statement of account over these days',
    options: (command) =>
      command
        .option('--currency <code>', 'needed where the channel has several')
        .option('-o, --output <file>', 'writes it to a file: .csv or .pdf')
        .option('--language <language>', 'ar, fr or en, of the PDF', 'en'),
    action: ([code = '', from = '', to = ''], options) => statement(context, { code, from, to }, options),
  });
}

async function one(context: CommandContext, code: string, options: Options): Promise<Answer> {
  const wish = {
    currency: textOf(options, 'currency'),
    from: textOf(options, 'from'),
    to: textOf(options, 'to'),
    limit: MOST_DAYS_SHOWN,
  };
  const position = told(await channelPosition(await context.database(), code, wish), code);
  const { totals, items, next, ...rest } = position;
  const cut = next === null ? '' : `\n(the first ${MOST_DAYS_SHOWN}; name --from and --to for others)`;
  return { data: position, text: `${layOut(rest)}\n\n${layOut(totals)}\n\n${layOut(items)}${cut}` };
}

async function everyone(context: CommandContext, options: Options): Promise<Answer> {
  const currency = textOf(options, 'currency');
  const positions = await allPositions(await context.database());
  const totals = positions.flatMap((position) =>
    position.totals
      .filter((total) => currency === undefined || total.currency === currency)
      .map((total) => ({ channel: position.channelCode, ...shortly(total) })),
  );
  return { data: positions, text: layOut(totals) };
}

/** Amounts of one line, which names its currency. */
function shortly({ currency, creditLimit, available, ...amounts }: PositionAnswer['totals'][number]) {
  const values = Object.entries({ ...amounts, available }).map(([name, amount]) => [
    name,
    amount?.value ?? '-',
  ]);
  const limit = creditLimit === null ? {} : { creditLimit: creditLimit.value };
  return { currency, ...(Object.fromEntries(values) as Record<string, string>), ...limit };
}

interface Wish {
  readonly code: string;
  readonly from: string;
  readonly to: string;
}

async function statement(
  context: CommandContext,
  { code, from, to }: Wish,
  options: Options,
): Promise<Answer> {
  const wish = { from, to, currency: textOf(options, 'currency') };
  const found = told(await channelStatement(await context.database(), code, wish), code);
  const { output } = options;
  if (typeof output !== 'string') return { data: found, text: statementCsv(found).trimEnd() };
  const bytes = await fileOf(found, output, String(options['language']));
  await writeFile(output, bytes);
  return { data: { file: output, bytes: bytes.length }, text: `${output}: ${bytes.length} bytes` };
}

async function fileOf(found: ChannelStatement, output: string, language: string): Promise<Buffer> {
  if (!isLanguage(language)) throw new WrongUsage('--language is ar, fr or en');
  if (output.endsWith('.csv')) return Buffer.from(statementCsv(found));
  if (output.endsWith('.pdf')) return statementPdf(found, language);
  throw new WrongUsage('--output ends in .csv or .pdf');
}

function told<T extends object>(answer: T | Refusal | undefined, code: string): T {
  if (answer === undefined) throw new CommandRefused(`there is no channel ${code}`);
  if (!isRefusal(answer)) return answer;
  const field = answer.facts?.['field'];
  if (field === 'currency')
    throw new WrongUsage('--currency names one of the currencies in which the channel owes');
  throw new WrongUsage('days are written YYYY-MM-DD, and a statement is of at most 366 of them');
}

function isRefusal(answer: object): answer is Refusal {
  return 'code' in answer;
}

function textOf(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
