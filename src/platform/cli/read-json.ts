// JSON given on the command line: as it is, or `@file`. Standard input is `@-`.

import fs from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { WrongUsage } from './context.ts';

export async function readText(argument: string): Promise<string> {
  if (!argument.startsWith('@')) return argument;
  const file = argument.slice(1);
  if (file === '-') return text(process.stdin);
  return fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUsage(`${file} cannot be read: ${error.message}`);
  });
}

/** Refuses (WrongUsage) what is no JSON. */
export async function readJson(argument: string): Promise<unknown> {
  const json = await readText(argument);
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    throw new WrongUsage(
      `${argument.startsWith('@') ? argument.slice(1) : 'the argument'} is no JSON: ${(error as Error).message}`,
    );
  }
}
