// Every command that a log, an error, a page of ours or the documentation names is there, with the options that it is named with:
// who reads it types it.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import t from 'tap';
import { programOf } from '../src/cli.ts';
import { Installation } from '../src/installation.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'docs'] as const;
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const TELLS = /\.(?:ts|json|md)$/;

/** In code, in brackets or behind a colon, up to where the words end: of a name of a key (`'wasit quotes'`) nothing is said. */
const NAMED = /(?:^ *|[`(«“]|[:;$] )(?:npm run )?wasit (?:-- )?(?<said>[a-z][^`)»”#\n;$]*)/gmu;

interface Named {
  readonly said: string;
  readonly where: string;
}

async function namedIn(file: string): Promise<Named[]> {
  const text = await readFile(path.join(root, file), 'utf8');
  // A text that is broken over lines in a source, or in a paragraph.
  const whole = text.replaceAll(/(?<=wasit [^`\n]{0,60})\n(?!\n|\/\/|```|npm|\$)\s*/g, ' ');
  return [...whole.matchAll(NAMED)].map(({ groups }) => ({ said: groups?.['said'] ?? '', where: file }));
}

/** What is wrong with it; undefined: nothing. */
function faultOf(program: Command, said: string): string | undefined {
  let at = program;
  const words = said.split(/[\s,]+/).filter((word) => word !== '');
  for (const [nth, word] of words.entries()) {
    if (at.commands.length === 0) return optionFault(at, words.slice(nth));
    if (!/^[a-z]/.test(word)) return undefined;
    // `list|show`: each of them.
    const next = word
      .replace(/[^a-z]+$/, '')
      .split('|')
      .map((name) => at.commands.find((command) => command.name() === name));
    const [found] = next;
    if (found === undefined || next.includes(undefined)) return `${at.name()} has no ${word}`;
    at = found;
  }
  return undefined;
}

function optionFault(command: Command, words: readonly string[]): string | undefined {
  const known = ['--help', ...command.options.flatMap(({ long }) => long ?? [])];
  const named = words.flatMap((word) => /^\[?(?<option>--[a-z][a-z-]*)/.exec(word)?.groups?.['option'] ?? []);
  const missing = named.find((option) => !known.includes(option));
  return missing === undefined ? undefined : `${command.name()} has no ${missing}`;
}

t.test('every command that is named is there', async (t) => {
  const program = programOf(new Installation());
  const named: Named[] = [];
  for (const folder of FOLDERS)
    for (const file of await readdir(path.join(root, folder), { recursive: true }))
      if (TELLS.test(file)) named.push(...(await namedIn(path.join(folder, file))));
  for (const page of PAGES) named.push(...(await namedIn(page)));
  t.ok(named.length > 250, `${named.length} are named`);
  for (const { said, where } of named) {
    const fault = faultOf(program, said);
    if (fault !== undefined) t.fail(`${where}: wasit ${said}: ${fault}`);
  }
  for (const [said, fault] of [
    ['debit terms', undefined],
    ['debit terms set om-social --account x', undefined],
    ['debit list|show', undefined],
    ['debit account set', 'debit has no account'],
    ['debit end ID --force', 'end has no --force'],
  ] as const)
    t.equal(faultOf(program, said), fault, said);
});
