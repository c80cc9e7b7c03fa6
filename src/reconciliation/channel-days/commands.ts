// `wasit reconcile`: a channel's day file brought in for it by the operator, and how its day stands.

import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import type { Command } from 'commander';
import { Directory } from '../../channels/index.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import {
  addVerb,
  CommandRefused,
  counted,
  formatOfFile,
  layOut,
  progress,
  WrongUsage,
  type Answer,
  type CommandContext,
} from '../../platform/cli/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DayKey } from './day.ts';
import { importDayFile } from './import-day-file.ts';
import { listBreaks } from './list-breaks.ts';
import type { BreakList, DayAnswer } from './schema.ts';
import { showDay } from './show-day.ts';

const BREAKS_SHOWN = 20;

export function registerReconcileCommand(program: Command, context: CommandContext): void {
  addVerb(program, {
    usage: 'reconcile [file]',
    summary: "a channel's business date against ours; with its day file, CSV or NDJSON, also gzipped (.gz)",
    options: (command) =>
      command
        .requiredOption('--channel <code>', 'whose day')
        .requiredOption('--date <date>', 'business date, YYYY-MM-DD')
        .option('--format <name>', 'csv or ndjson, when the name does not say'),
    action: async ([file], options) => {
      const businessDate = String(options['date']);
      if (!isDate(businessDate)) throw new WrongUsage(`${businessDate} is no date`);
      const database = await context.database();
      const channelCode = String(options['channel']);
      const channel = (await Directory.open(database)).current.channelsByCode.get(channelCode);
      if (channel === undefined) throw new CommandRefused(`there is no channel ${channelCode}`);
      const day = { channelId: channel.channelId, businessDate, channelCode };
      if (file !== undefined) await bringFile(context, database, day, file, options['format']);
      return show(database, day);
    },
  });
}

/** For the words of a refusal: a date is a text, so that nothing else would be left. */
function isDate(text: string): boolean {
  return isBusinessDate(text);
}

type NamedDay = DayKey & { readonly channelCode: string };

async function bringFile(
  context: CommandContext,
  database: Database,
  day: NamedDay,
  file: string,
  wanted: unknown,
): Promise<void> {
  const format = formatOfFile(file, wanted);
  const { size } = await fs.stat(file).catch((error: Error) => {
    throw new CommandRefused(`${file} cannot be read: ${error.message}`);
  });
  const bar = progress();
  const stream = counted(createReadStream(file), (bytes) =>
    bytes < size ? bar.show('received', bytes / size) : bar.show('matching'),
  );
  const upload = { ...day, format, compressed: file.endsWith('.gz'), stream };
  const imported = await importDayFile(database, upload, context.actor).finally(() => bar.end());
  if (!('code' in imported)) return;
  const details = imported.errors?.map((e) => `, ${e.detail}`).join('') ?? '';
  throw new CommandRefused(`${file} was refused: ${imported.code}${details}`);
}

/** Exit code 1: the day is not balanced. */
async function show(database: Database, day: NamedDay): Promise<Answer> {
  const answer = await showDay(database, day);
  if ('code' in answer)
    throw new CommandRefused(`${day.channelCode} has sent no file of ${day.businessDate}`);
  const list = await listBreaks(database, day, { state: 'open', limit: BREAKS_SHOWN });
  const breaks = 'code' in list ? [] : list.items;
  return {
    data: { ...answer, openBreaks: breaks },
    text: tell(answer, breaks),
    exitCode: answer.balanced ? 0 : 1,
  };
}

function tell(answer: DayAnswer, breaks: BreakList['items']): string {
  const { state, balanced, balanceBy, version } = answer;
  const [latest] = answer.versions;
  const parts = [
    layOut({
      day: `${answer.channelCode} ${answer.businessDate}`,
      state: latest?.version === version ? state : `${state} (in force: ${version ?? 'none'})`,
      file: latest === undefined ? '-' : `version ${latest.version ?? '-'}, ${latest.lines ?? '-'} payments`,
      balanced: balanced ? 'yes' : `no, due by ${balanceBy ?? '-'}`,
    }),
  ];
  if (answer.faults.length > 0) parts.push(layOut(answer.faults));
  if (answer.totals.length > 0)
    parts.push(
      layOut(
        answer.totals.flatMap(({ currency, ...sides }) =>
          Object.entries(sides).map(([side, { count, amount, reversed }]) => ({
            currency,
            side,
            payments: count,
            amount: amount.value,
            reversed,
          })),
        ),
      ),
    );
  if (answer.breaks.length > 0) parts.push(layOut(answer.breaks));
  if (breaks.length > 0)
    parts.push(
      layOut(
        breaks.map(({ breakId, kind, reference, amount, line }) => ({
          breakId,
          kind,
          reference,
          amount,
          line,
        })),
      ),
    );
  return parts.join('\n\n');
}
