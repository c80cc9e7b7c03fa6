// A password from whoever is at the terminal, without showing it, or from a pipe. Never from the command line, which
// other users of the machine can read.

import readline from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandRefused } from '../platform/cli/index.ts';

/** Of a pipe, its first line. */
export async function readPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    const [line = ''] = (await text(process.stdin)).split(/\r?\n/, 1);
    if (line === '') throw new CommandRefused('no password came in: type it at a terminal, or pipe it in');
    return line;
  }
  process.stderr.write(question);
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = readline.createInterface({ input: process.stdin, output: mute, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      terminal.once('line', resolve);
      terminal.once('close', () => reject(new CommandRefused('nothing was done')));
    });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
