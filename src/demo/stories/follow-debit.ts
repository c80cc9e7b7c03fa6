// Follows the debits of a told mandate: waits for what becomes of them, and for the files that the bank takes.

import fs from 'node:fs/promises';
import path from 'node:path';
import { TAKEN } from '../bank/work-on-files.ts';
import { waitFor } from '../wait-for.ts';
import { WITHIN_MS, type StoryParts, type ToldDebit } from './story.ts';

export interface ToldMandate extends Pick<StoryParts, 'scribe'> {
  /** Whose client asks. */
  readonly agency: string;
  readonly mandateId: string;
}

/** Waits for a debit of the mandate. */
export async function debitOf(
  { scribe, agency, mandateId }: ToldMandate,
  isIt: (debit: ToldDebit) => boolean,
): Promise<ToldDebit> {
  const call = { as: agency, method: 'GET', path: `/v1/debits?mandateId=${mandateId}`, expect: 200 } as const;
  const ask = async (): Promise<ToldDebit | undefined> =>
    ((await scribe.look(call))['items'] as ToldDebit[]).find(isIt);
  return waitFor(WITHIN_MS, ask, `the story stops: ${mandateId} has no such debit`);
}

/** Waits for a debit to come to a state, and tells it. */
export async function toldDebit(
  { scribe, agency }: Omit<ToldMandate, 'mandateId'>,
  debitId: string,
  state: string,
): Promise<ToldDebit> {
  const call = { as: agency, method: 'GET', path: `/v1/debits/${debitId}`, expect: 200 } as const;
  const told = await scribe.await(call, (body) => body['state'] === state, WITHIN_MS);
  return told.body as ToldDebit;
}

/** The file of this kind that the bank has taken and that speaks of it. */
export async function takenFile(dataDir: string, kind: string, of: string): Promise<string> {
  const folder = path.join(dataDir, 'orders', TAKEN);
  const find = async (): Promise<string | undefined> => {
    for (const name of await fs.readdir(folder).catch(() => [])) {
      const text = await fs.readFile(path.join(folder, name), 'utf8');
      if (text.includes(kind) && text.includes(of)) return text;
    }
    return undefined;
  };
  return waitFor(WITHIN_MS, find, `the story stops: the bank has no ${kind} of ${of}`);
}
