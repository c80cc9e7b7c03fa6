// What the worker does for banks of payers from time to time: mandates, their ends and debits go there, and answers are worked through. Any
// number of workers; killed anywhere and run again. Banks are called side by side: one that hangs keeps no other waiting.

import type { Registry } from 'prom-client';
import type { Directory } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Caller } from '../../platform/outgoing/index.ts';
import type { MandateRequestWriter } from '../debits/index.ts';
import { BankLines } from './bank-lines.ts';
import { callDebits } from './call-debits.ts';
import { callEndings } from './call-endings.ts';
import { callMandates } from './call-mandates.ts';
import { fileMandates } from './file-mandates.ts';
import type { BankLink } from './link.ts';
import { bankLinkMetrics } from './metrics.ts';
import { readBankLinks } from './store-link.ts';
import { workOnAnswered } from './take-mandate-word.ts';

export interface BankLinkParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly masterKey: Buffer;
  readonly lines: BankLines;
  readonly writer: MandateRequestWriter;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Aborts when the worker stops. */
  readonly signal?: AbortSignal | undefined;
}

/** What a worker does again and again, on lines of its own. */
export function bankLinkSweep(
  parts: Omit<BankLinkParts, 'lines'> & { readonly caller: Caller; readonly registry: Registry },
): () => Promise<void> {
  const metrics = bankLinkMetrics(parts.registry, parts.database);
  const lines = new BankLines({ ...parts, metrics });
  return () => sweepBankLinks({ ...parts, lines });
}

export async function sweepBankLinks(parts: BankLinkParts): Promise<void> {
  const { database, log, signal } = parts;
  const links = await database.transaction((tx) => readBankLinks(tx));
  const work = links.flatMap((link) =>
    [sendMandates, sendDebits, tellEndings].map((send) =>
      send(parts, link).catch((error: unknown) =>
        log.error(
          { err: error, channel: link.code },
          'a bank was not told what waits for it; it is done again',
        ),
      ),
    ),
  );
  await Promise.all([...work, workOnAnswered(parts, signal)]);
}

async function sendMandates(parts: BankLinkParts, link: BankLink): Promise<void> {
  if (link.way === 'api') await callMandates(parts, link);
  if (link.way === 'files') await fileMandates(parts, link);
}

/** A bank that takes files or looks for itself is told by the agency. */
async function tellEndings(parts: BankLinkParts, link: BankLink): Promise<void> {
  if (link.way === 'api') await callEndings(parts, link);
}

/** Those that were made for its API, even if it has another way by now. */
async function sendDebits(parts: BankLinkParts, link: BankLink): Promise<void> {
  if (link.url !== null) await callDebits(parts, link);
}
