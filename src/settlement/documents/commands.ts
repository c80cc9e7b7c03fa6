// `wasit settlement report`: a report of a settlement as it was frozen, into a file.

import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { billerOf, parseId } from '../../kernel/ids.ts';
import type { Database } from '../../platform/db/index.ts';
import { isLanguage } from '../../platform/http/index.ts';
import {
  addVerb,
  CommandRefused,
  noun,
  WrongUsage,
  type CommandContext,
  type Options,
} from '../../platform/cli/index.ts';
import { readBatch } from '../store-batch.ts';
import { BYTE_ORDER_MARK } from './csv.ts';
import { fileName, FORMATS, languageFor, ownLanguage, type DocumentKey, type Format } from './document.ts';
import { readBytes, readMarkedBytes } from './document-stream.ts';
import { findDocument, type DocumentRow } from './store-documents.ts';

export function registerReportCommand(program: Command, context: CommandContext): void {
  addVerb(noun(program, 'settlement', 'closed days of agencies'), {
    usage: 'report <settlement>',
    summary: 'writes a report of a settlement into a file, as it was frozen after the close',
    options: (command) => {
      command
        .option('--format <format>', `${FORMATS.join(', ')}`, 'pdf')
        .option('--language <language>', 'ar, fr or en, of xlsx and pdf; else the agency’s own')
        .option('--bom', 'csv with a byte order mark')
        .option('-o, --output <file>', 'where to; else its own name in this folder');
    },
    action: async ([settlement = ''], options) => {
      const database = await context.database();
      const { key, row, name } = await find(database, settlement, options);
      const file = typeof options['output'] === 'string' ? options['output'] : name;
      const isMarked = key.format === 'csv' && options['bom'] === true;
      const bytes = Number(row.bytes) + (isMarked ? BYTE_ORDER_MARK.length : 0);
      const read = isMarked ? readMarkedBytes : readBytes;
      await pipeline(read(database, key, { from: 0, to: bytes - 1 }), createWriteStream(file));
      const digest = (isMarked ? (row.marked_sha256 ?? row.sha256) : row.sha256).toString('hex');
      return { data: { file, bytes, sha256: digest }, text: `${file}: ${bytes} bytes, SHA-256 ${digest}` };
    },
  });
}

async function find(
  database: Database,
  settlement: string,
  options: Options,
): Promise<{ key: DocumentKey; row: DocumentRow; name: string }> {
  const settlementId = parseId('stl', settlement);
  const format = formatOf(options['format']);
  const { language } = options;
  if (language !== undefined && !(typeof language === 'string' && isLanguage(language)))
    throw new WrongUsage('--language is ar, fr or en');
  if (settlementId === undefined) throw new CommandRefused(`there is no settlement ${settlement}`);
  const billerId = billerOf(settlementId);
  return database.nodeOf(billerId).transaction(async (tx) => {
    const batch = await readBatch(tx, billerId, settlementId);
    if (batch === undefined) throw new CommandRefused(`there is no settlement ${settlement}`);
    const chosen = languageFor(format, language ?? ownLanguage(batch));
    const key = { billerId, settlementId, format, language: chosen };
    const row = await findDocument(tx, key);
    if (row === undefined) throw new CommandRefused('its reports are not made yet; a worker makes them');
    const { billerCode } = batch.facts;
    return { key, row, name: fileName({ billerCode, businessDate: batch.businessDate }, format, chosen) };
  });
}

function formatOf(wish: unknown): Format {
  const format = FORMATS.find((each) => each === wish);
  if (format === undefined) throw new WrongUsage(`--format is ${FORMATS.join(', ')}`);
  return format;
}
