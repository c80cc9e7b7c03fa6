// `attach` and `download` of files that prove something, for whatever keeps files by the rules of requests.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { callAsPerson } from '../access/index.ts';
import { addVerb, CommandRefused, WrongUsage, type CommandContext } from '../platform/cli/index.ts';
import { ENDINGS, mediaTypeOf } from './attachment-rules.ts';

/** `filesOf`: the path under which the files of one lie. */
export function fileVerbs(parent: Command, context: CommandContext, filesOf: (id: string) => string): void {
  addVerb(parent, {
    usage: 'attach <id> <file>',
    summary: 'a file that proves it, 5 MiB at the most',
    action: async ([id = '', file = '']) => {
      const mediaType = mediaTypeOf(file);
      if (mediaType === undefined)
        throw new WrongUsage(`a file of ${ENDINGS.join(', ')}, not ${path.basename(file)}`);
      const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
        throw new WrongUsage(`${file} cannot be read: ${error.message}`);
      });
      const name = encodeURIComponent(path.basename(file));
      const { body } = await callAsPerson(context, {
        method: 'POST',
        path: `${filesOf(id)}?name=${name}`,
        file: { mediaType, bytes },
      });
      return { data: body };
    },
  });
  addVerb(parent, {
    usage: 'download <id> <attachment> <file>',
    summary: 'writes an attached file; never over one that is there',
    action: async ([id = '', attachment = '', file = '']) => {
      const { bytes } = await callAsPerson(context, {
        method: 'GET',
        path: `${filesOf(id)}/${encodeURIComponent(attachment)}`,
      });
      await fs.writeFile(file, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
        throw new CommandRefused(`${file} cannot be written: ${error.message}`);
      });
      return { data: { file, bytes: bytes.length } };
    },
  });
}
