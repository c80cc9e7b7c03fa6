// The provider of an installation without one: messages become files that a person can read, one each, an SMS as
// .txt and an e-mail as .eml. Remember: a file appears whole or not at all, under the message's own name.

import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Medium, Outgoing, Provider, SendResult } from './message.ts';
import { writeMail } from './write-mail.ts';

const AT_ONCE = 64;

/** `from`: the address that e-mails name as their sender. */
export function openOutbox(medium: Medium, folder: string, from: string): Provider {
  return {
    name: 'outbox',
    atOnce: AT_ONCE,
    async send(message) {
      const name = `${message.at.toISOString().replace(/[:.]/g, '-')}-${message.id}`;
      try {
        const file = path.join(folder, `${name}.${medium === 'sms' ? 'txt' : 'eml'}`);
        const content =
          medium === 'sms' ? textOf(message) : await writeMail(message, from, { readable: true });
        await writeIn(folder, `${file}.part`, content);
        await rename(`${file}.part`, file);
        return { outcome: 'sent' };
      } catch (error) {
        return notWritten(error);
      }
    },
    close: async () => undefined,
  };
}

/** The messages of payers: nobody else's to read. The folder is made when it is missing, also if somebody took it away. */
async function writeIn(folder: string, file: string, content: string | Buffer): Promise<void> {
  const write = (): Promise<void> => writeFile(file, content, { mode: 0o600 });
  await write().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await write();
  });
}

function textOf({ to, from, at, text }: Outgoing): string {
  return `To: ${to}\nFrom: ${from}\nDate: ${at.toISOString()}\n\n${text}\n`;
}

function notWritten(error: unknown): SendResult {
  return {
    outcome: 'not-sent',
    again: true,
    reason: `the outbox folder: ${error instanceof Error ? error.message : String(error)}`,
  };
}
