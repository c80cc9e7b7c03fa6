// `wasit demo …`: a day told, the embedded installation's clock, and its end. Refused for any other database: books that matter
// have one time, and are not thrown away.

import fs from 'node:fs/promises';
import type { Command } from 'commander';
import { orRefuse } from '../access/index.ts';
import {
  addDestructiveVerb,
  addVerb,
  CommandRefused,
  noun,
  WrongUsage,
  type Answer,
  type CommandContext,
} from '../platform/cli/index.ts';
import type { Database } from '../platform/db/index.ts';
import { addBankVerb } from './bank-command.ts';
import { addDayVerb } from './day-command.ts';
import { isLocal, readInstant, readSpan } from './read-time.ts';
import { resetDemo } from './reset-demo.ts';
import { setClock, showClock, type DemoClock } from './set-clock.ts';
import { addStoryVerb } from './story-command.ts';

export function registerDemoCommands(program: Command, context: CommandContext): void {
  const demo = noun(
    program,
    'demo',
    'the embedded installation: a day and stories told, banks played, its clock, starting over',
  );
  addDayVerb(demo, context);
  addStoryVerb(demo, context);
  addBankVerb(demo, context);
  clockVerbs(noun(demo, 'clock', 'the time of the books'), context);
  addDestructiveVerb(demo, {
    usage: 'reset',
    summary: 'throws everything away; the next start begins anew',
    intent: async () => {
      if (!(await fs.stat(context.dataDir).catch(() => undefined)))
        throw new CommandRefused(`there is nothing in ${context.dataDir}`);
      return `throw away all payments, bills and keys in ${context.dataDir}`;
    },
    action: async () => {
      await resetDemo(context.dataDir).catch((error: unknown) => {
        throw error instanceof Error && error.message.startsWith('another Wasit')
          ? new CommandRefused(error.message)
          : error;
      });
      return { data: { reset: context.dataDir }, text: `${context.dataDir} is empty; npm start begins anew` };
    },
  });
}

function clockVerbs(clock: Command, context: CommandContext): void {
  addVerb(clock, {
    usage: 'set <time>',
    summary: '2026-12-15T15:59:30Z, or 2026-12-15T15:59 in --zone, or `real`',
    options: (command) => command.option('--zone <name>', 'time zone of a time without offset'),
    action: async ([text = ''], options) => {
      const zone = options['zone'];
      if (zone === undefined && isLocal(text))
        throw new WrongUsage(
          `${text} is a time of which zone? Add Z, an offset such as +04:00, or --zone Asia/Muscat`,
        );
      const to = text === 'real' ? null : readInstant(text, String(zone));
      if (to === undefined)
        throw new WrongUsage(
          `${text} is no time: write 2026-12-15T15:59:30Z, or 2026-12-15T15:59 with --zone Asia/Muscat`,
        );
      return shown(orRefuse(await setClock(await embeddedDatabase(context), () => to, context.actor)));
    },
  });
  addVerb(clock, {
    usage: 'advance <span>',
    summary: 'such as 90m, 1d or 2d3h',
    action: async ([text = '']) => {
      const ms = readSpan(text);
      if (ms === undefined) throw new WrongUsage(`${text} is no span: write 30s, 90m, 12h, 1d or 2d3h`);
      return shown(
        orRefuse(
          await setClock(
            await embeddedDatabase(context),
            (now) => new Date(now.getTime() + ms),
            context.actor,
          ),
        ),
      );
    },
  });
  addVerb(clock, {
    usage: 'show',
    summary: 'what the books call now',
    action: async () => shown(await showClock(await embeddedDatabase(context))),
  });
}

async function embeddedDatabase(context: CommandContext): Promise<Database> {
  if ((await context.embedded()) === undefined) {
    throw new CommandRefused(
      'the clock of the books is shifted in the embedded installation only: none is found here (WASIT_DATA_DIR), or DATABASE_URL names another database',
    );
  }
  return context.database();
}

function shown(clock: DemoClock): Answer {
  const shift = Math.round(clock.shiftSeconds);
  const text = `the books' time is ${clock.now.toISOString()}${shift === 0 ? ', the real time' : ` (${spanText(shift)})`}`;
  return { data: { now: clock.now, real: clock.real, shiftSeconds: shift }, text };
}

function spanText(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = [
    [Math.floor(size / 86_400), 'd'],
    [Math.floor(size / 3_600) % 24, 'h'],
    [Math.floor(size / 60) % 60, 'm'],
    [size % 60, 's'],
  ] as const;
  return `${parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')} ${seconds < 0 ? 'behind' : 'ahead of'} the real time`;
}
