// Asks before something is taken away. Where nobody can be asked (a pipe, a script) nothing is done.

import readline from 'node:readline/promises';
import { CommandRefused } from './context.ts';

export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new CommandRefused(`nobody is here to be asked: repeat it with --yes. ${question}`);
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    const reply = await terminal.question(`${question} [y/N] `);
    if (!/^y(es)?$/i.test(reply.trim())) throw new CommandRefused('nothing was done');
  } finally {
    terminal.close();
  }
}
