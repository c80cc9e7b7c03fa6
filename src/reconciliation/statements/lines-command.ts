// `wasit statement lines`: what the bank says line by line, what became of each, and the break to look at.

import type { Command } from 'commander';
import {
  addVerb,
  CommandRefused,
  layOut,
  WrongUsage,
  type CommandContext,
} from '../../platform/cli/index.ts';
import { linesOf, LINES_OF_A_PAGE } from './list-lines.ts';
import { LINE_OUTCOMES } from './outcomes.ts';
import type { ShownLine } from './show-line.ts';

const OUTCOMES = [...LINE_OUTCOMES, 'waiting'] as const;
const LONGEST_TEXT = 60;

export function linesVerb(statement: Command, context: CommandContext): void {
  addVerb(statement, {
    usage: 'lines <id>',
    summary:
      'lines of a statement (stm_…) or of a whole file (sfl_…), what each was booked as, and its break',
    options: (command) =>
      command
        .option('--outcome <outcome>', `only these: ${OUTCOMES.join(', ')}`)
        .option('--after <line>', 'the next page')
        .option('--limit <n>', 'at most so many', Number, LINES_OF_A_PAGE),
    action: async ([id = ''], { outcome, after, limit }) => {
      const wanted = OUTCOMES.find((each) => each === outcome);
      if (outcome !== undefined && wanted === undefined)
        throw new WrongUsage(`--outcome is one of ${OUTCOMES.join(', ')}`);
      if (!Number.isInteger(limit) || Number(limit) < 1) throw new WrongUsage('--limit is 1 or more');
      const lines = await linesOf(await context.database(), id, {
        ...(wanted !== undefined && { outcome: wanted }),
        ...(typeof after === 'string' && { after }),
        limit: Number(limit),
      });
      if ('code' in lines)
        throw new CommandRefused(
          lines.code === 'not-found' ? `there is no statement ${id}` : `${String(after)} is no line`,
        );
      const { items, next } = lines;
      const more = next === null ? '' : `\n\nmore: --after ${next}`;
      return { data: lines, text: `${layOut(items.map(briefly))}${more}` };
    },
  });
}

function briefly(line: ShownLine): object {
  const text = line.text.replaceAll(/\s+/g, ' ');
  return {
    line: `${line.statementId}:${line.line}`,
    booked: line.bookedOn,
    amount: `${line.amount.value} ${line.amount.currency}`,
    outcome: line.outcome,
    'booked as': line.bookedAs.map(said).join('; ') + (line.parts > line.bookedAs.length ? '; …' : ''),
    break: line.breaks
      .map(({ breakId, state }) => (state === 'open' ? breakId : `${breakId} (${state})`))
      .join(' '),
    counterparty: line.counterparty ?? '',
    text: text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text,
  };
}

/** `deposit 45.500 of om-social: pay_…`. */
function said({ kind, amount, biller, channel, subject }: ShownLine['bookedAs'][number]): string {
  const whose = [biller, channel].filter((code) => code !== null);
  return [
    `${kind} ${amount.value}`,
    whose.length > 0 ? ` ${whose.join(' ')}` : '',
    subject === null ? '' : ` ${subject}`,
  ].join('');
}
