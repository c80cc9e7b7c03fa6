// What the told stories of mandates and debits share: who plays, the waiting for what workers and banks do, and the messages
// that payers get.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../../platform/db/index.ts';
import type { DemoFile } from '../demo-file.ts';
import type { Scribe, Told } from '../scribe.ts';
import { waitFor } from '../wait-for.ts';

/** Who plays, and under which mark: numbers that no other run has given out. */
export interface StoryParts {
  readonly scribe: Scribe;
  readonly demo: Pick<DemoFile, 'baseUrl' | 'clients' | 'staff' | 'agency'>;
  readonly database: Database;
  readonly dataDir: string;
  /** Hexadecimal digits. */
  readonly run: string;
}

/** A worker looks every few seconds, the bank too, and a file has to be quiet before it is taken. */
export const WITHIN_MS = 120_000;

/** An Algerian mobile of this run alone. */
export function mobileOf(run: string): string {
  return `+2136${String(Number.parseInt(run, 16) % 100_000_000).padStart(8, '0')}`;
}

/** Waits for the mandate to come to a state, and tells it. */
export function awaitMandate(scribe: Scribe, agency: string, id: string, state: string): Promise<Told> {
  const call = { as: agency, method: 'GET', path: `/v1/mandates/${id}`, expect: 200 } as const;
  return scribe.await(call, (body) => body['state'] === state, WITHIN_MS);
}

export interface ToldDebit {
  readonly debitId: string;
  readonly state: string;
  readonly collectOn: string;
  readonly sendOn: string;
  readonly amount: { readonly value: string; readonly currency: string };
  readonly bills: readonly {
    readonly billNumber: string;
    readonly amount: { readonly value: string };
    readonly outcome: string | null;
    readonly paymentId: string | null;
  }[];
  readonly [fact: string]: unknown;
}

/** The messages to this number so far, the oldest first, without their heads. */
export async function messagesTo(dataDir: string, mobile: string): Promise<string[]> {
  const folder = path.join(dataDir, 'outbox');
  const names = (await fs.readdir(folder).catch(() => [])).filter((name) => name.endsWith('.txt')).sort();
  const texts = await Promise.all(names.map((name) => fs.readFile(path.join(folder, name), 'utf8')));
  return texts
    .filter((text) => text.startsWith(`To: ${mobile}\n`))
    .map((text) => text.slice(text.indexOf('\n\n') + 2).trim());
}

/** Waits for a message to the payer that says all of this, and quotes it. */
export async function tellMessage(
  { scribe, dataDir, run }: Pick<StoryParts, 'scribe' | 'dataDir' | 'run'>,
  ...says: readonly (string | RegExp)[]
): Promise<string> {
  const mobile = mobileOf(run);
  const ask = async (): Promise<string | undefined> =>
    (await messagesTo(dataDir, mobile)).findLast((text) =>
      says.every((each) => (typeof each === 'string' ? text.includes(each) : each.test(text))),
    );
  const complaint = `the story stops: ${mobile} was not told ${says.join(', ')}`;
  const text = await waitFor(WITHIN_MS, ask, complaint);
  scribe.quote(text);
  return text;
}
