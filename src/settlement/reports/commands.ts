// `wasit report …`: daily totals, performance, a payer's statement; on the terminal, or as a file with --output.

import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { loadBillers, type Biller } from '../../billers/index.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { Refused } from '../../kernel/errors.ts';
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
import { isLanguage, type Language } from '../../platform/http/index.ts';
import { dailyTotals } from './daily.ts';
import { dailyWorkbook } from './daily-xlsx.ts';
import { namesOfDay, namesOfStatement } from './names.ts';
import { payerStatement } from './payer-statement.ts';
import { performanceReport } from './performance.ts';
import { performanceWorkbook } from './performance-xlsx.ts';
import { MOST_DAYS, spanFault } from './span.ts';
import { statementPdf } from './statement-pdf.ts';

export function registerReportCommands(program: Command, context: CommandContext): void {
  const report = noun(program, 'report', 'totals of a day, performance, statements');
  const file = (command: Command, kind: string) =>
    command
      .option('-o, --output <file>', `writes it as ${kind}`)
      .option('--language <language>', 'ar, fr or en, of the file', 'en');
  addVerb(report, {
    usage: 'daily <biller> <date>',
    summary: 'totals of a business date as they stand, also of an open one',
    options: (command) => file(command, 'XLSX'),
    action: async ([code = '', date = ''], options) => {
      if (!isBusinessDate(date)) throw new WrongUsage('the date is written YYYY-MM-DD');
      const biller = await billerOf(context, code);
      const database = await context.database();
      const day = await dailyTotals(database, biller, date);
      const { channels, methods, units, totals, ...state } = day;
      const text = [layOut(state), layOut(totals), ...[channels, methods, units].map((rows) => layOut(rows))];
      const make = async (language: Language) =>
        dailyWorkbook(day, biller, await namesOfDay(database, biller.billerId, day), language);
      return written(options, make, day, text.join('\n\n'));
    },
  });
  addVerb(report, {
    usage: 'performance <biller> <from> <to>',
    summary: 'volumes, refusals, speed, confirmations and availability of these days',
    options: (command) => file(command, 'XLSX'),
    action: async ([code = '', from = '', to = ''], options) => {
      checkSpan(from, to, MOST_DAYS.performance);
      const biller = await billerOf(context, code);
      const found = await performanceReport(await context.database(), biller, { from, to });
      const { volumes, refusals, hours, ...rest } = found;
      const text = [layOut(rest), layOut(volumes), layOut(refusals), layOut(hours)].join('\n\n');
      return written(options, (language) => performanceWorkbook(found, biller, language), found, text);
    },
  });
  addVerb(report, {
    usage: 'payer <biller> <payer> <from> <to>',
    summary: 'what a payer has paid, with receipts',
    options: (command) => file(command, 'PDF'),
    action: async ([code = '', payerId = '', from = '', to = ''], options) => {
      checkSpan(from, to, MOST_DAYS.statement);
      const biller = await billerOf(context, code);
      const found = await statementOf(context, biller, { payerId, from, to });
      const { items, ...rest } = found;
      const text = `${layOut(rest)}\n\n${layOut(items)}`;
      const make = async (language: Language) => {
        const names = await namesOfStatement(await context.database(), biller.billerId, found);
        return [await statementPdf(found, biller, names, language)];
      };
      return written(options, make, found, text);
    },
  });
}

async function statementOf(
  context: CommandContext,
  biller: Biller,
  span: { payerId: string; from: string; to: string },
) {
  return payerStatement(await context.database(), biller, span).catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    const { code } = error.refusal;
    throw new CommandRefused(code === 'not-found' ? `no bill names a payer ${span.payerId}` : code);
  });
}

/** The report itself, or the file that it was written to. */
async function written(
  options: Options,
  make: (language: Language) => AsyncIterable<Buffer> | Promise<AsyncIterable<Buffer> | Iterable<Buffer>>,
  data: unknown,
  text: string,
): Promise<Answer> {
  const { output, language } = options;
  if (typeof output !== 'string') return { data, text };
  if (typeof language !== 'string' || !isLanguage(language))
    throw new WrongUsage('--language is ar, fr or en');
  const target = createWriteStream(output);
  await pipeline(Readable.from(await make(language)), target);
  return {
    data: { file: output, bytes: target.bytesWritten },
    text: `${output}: ${target.bytesWritten} bytes`,
  };
}

function checkSpan(from: string, to: string, mostDays: number): void {
  if (spanFault(from, to, mostDays) !== undefined)
    throw new WrongUsage(`two days are named, YYYY-MM-DD, at most ${mostDays} days`);
}

async function billerOf(context: CommandContext, code: string): Promise<Biller> {
  const billers = await (await context.database()).transaction(loadBillers);
  const biller = billers.find((each) => each.code === code);
  if (biller === undefined) throw new CommandRefused(`there is no biller ${code}`);
  return biller;
}
