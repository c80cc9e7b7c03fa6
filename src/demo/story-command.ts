// `wasit demo story cnas|cacobatph`: plays a story of mandates and debits against the running embedded installation and tells
// it, with the ids and times that it really had.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import type { Command } from 'commander';
import { addVerb, WrongUsage, type CommandContext, type Options } from '../platform/cli/index.ts';
import { demoOf, openBank, withBankPort } from './bank-command.ts';
import { Scribe } from './scribe.ts';
import { tellCacobatph } from './stories/cacobatph.ts';
import { tellCnas } from './stories/cnas.ts';
import type { StoryParts } from './stories/story.ts';
import { tellStory, type StoryEnd } from './tell-story.ts';

const STORIES: Readonly<Record<string, (parts: StoryParts) => Promise<object>>> = {
  cnas: tellCnas,
  cacobatph: tellCacobatph,
};

export function addStoryVerb(demo: Command, context: CommandContext): void {
  addVerb(demo, {
    usage: 'story <name>',
    summary: 'cnas: an immediate debit by a bank’s API; cacobatph: twelve sites, by files, and a second try',
    options: (command) => {
      withBankPort(command);
      command.option('--write <file>', 'keep it as a page');
    },
    action: async ([name = ''], options) => {
      const tell = Object.hasOwn(STORIES, name) ? STORIES[name] : undefined;
      if (tell === undefined)
        throw new WrongUsage(`there is no story ${name}: ${Object.keys(STORIES).join(', ')}`);
      const { run, ...told } = await play(context, options, tell);
      if ('stopped' in told) {
        const { text, stopped } = told;
        return {
          data: { story: text, run, stopped },
          text: `${text}\n${stopped}`,
          isPage: true,
          exitCode: 1,
        };
      }
      const { text, came } = told;
      const file = options['write'];
      if (typeof file !== 'string')
        return { data: { story: text, run, ...came }, text: text.trimEnd(), isPage: true };
      await fs.writeFile(file, text);
      return { data: { written: file, run, ...came }, text: `written to ${file}` };
    },
  });
}

/** What was told, and what it came to or where it stopped. */
async function play(
  context: CommandContext,
  options: Options,
  tell: (parts: StoryParts) => Promise<object>,
): Promise<StoryEnd & { readonly run: string }> {
  const demo = await demoOf(context);
  const { dataDir } = context;
  const run = randomBytes(4).toString('hex');
  const scribe = new Scribe(demo);
  const bank = await openBank(context, demo, options, () => undefined);
  try {
    const parts = { scribe, demo, dataDir, run, database: await context.database() };
    return { run, ...(await tellStory(scribe, demo.baseUrl, () => tell(parts))) };
  } finally {
    await bank.stop();
  }
}
