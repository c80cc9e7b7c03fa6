// `wasit demo day`: plays a day against the running embedded installation and tells it; `--write` keeps it as a page.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import type { Command } from 'commander';
import { addVerb, CommandRefused, type CommandContext } from '../platform/cli/index.ts';
import { playDay } from './play-day.ts';
import { readDemoFile } from './demo-file.ts';
import { forgetRun } from './forget-run.ts';

export function addDayVerb(demo: Command, context: CommandContext): void {
  addVerb(demo, {
    usage: 'day',
    summary: 'plays a day over HTTP, from a bill to the bank’s statement of what was remitted, and tells it',
    options: (command) => {
      command
        .option('--write <file>', 'keep it as a page, such as docs/walkthrough.md')
        .option('--as-is', 'with the ids and times that it really had');
    },
    action: async (_, options) => {
      const told = await tellDay(context, options['asIs'] === true);
      const file = options['write'];
      if (typeof file !== 'string') return { data: { day: told }, text: told.trimEnd(), isPage: true };
      await fs.writeFile(file, told);
      return { data: { written: file }, text: `written to ${file}` };
    },
  });
}

async function tellDay(context: CommandContext, asIs: boolean): Promise<string> {
  const demo = (await context.embedded()) === undefined ? undefined : await readDemoFile(context.dataDir);
  if (demo === undefined) {
    throw new CommandRefused(
      'a day is played in the embedded installation only: start one with npm start (WASIT_DATA_DIR says where)',
    );
  }
  const run = randomBytes(4).toString('hex');
  const parts = { demo, dataDir: context.dataDir, database: await context.database(), run };
  const told = await playDay(parts).catch((error: unknown) => {
    if (error instanceof TypeError && error.cause instanceof Error)
      throw new CommandRefused(`${demo.baseUrl} does not answer; is it running? (npm start)`);
    throw error;
  });
  return asIs ? told : forgetRun(told, run);
}
