// `agency.json` in the data directory: what the demo agency has to know, written by Wasit at each start and read by the
// agency, which is a program of its own. It holds secrets, so only its owner may read it.

import fs from 'node:fs/promises';
import path from 'node:path';
import { newWebhookSecret } from '../kernel/standard-webhooks.ts';
import { DEMO_BILLERS } from './billers.ts';
import { writePrivately } from './demo-file.ts';

/** The agency that is asked over the live link. */
export const LINKED = 'eg-local';

export interface AgencyFile {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Its own; no tables of Wasit are in it. */
  readonly databaseUrl: string;
  /** The secret of each biller's webhook. */
  readonly webhooks: Readonly<Record<string, string>>;
  readonly link: { readonly billerCode: string; readonly secret: string };
}

export interface AgencyAddresses {
  readonly url: string;
  readonly databaseUrl: string;
}

export function agencyFilePath(dataDir: string): string {
  return path.join(dataDir, 'agency.json');
}

/** Secrets that were given out stay. `isNew`: there were none, so Wasit has to be told. */
export async function prepareAgencyFile(
  dataDir: string,
  { url, databaseUrl }: AgencyAddresses,
): Promise<{ agency: AgencyFile; isNew: boolean }> {
  const known = await readAgencyFile(dataDir);
  const secrets = DEMO_BILLERS.map(
    ({ code }) => [code, known?.webhooks[code] ?? newWebhookSecret()] as const,
  );
  const agency: AgencyFile = {
    url,
    databaseUrl,
    webhooks: Object.fromEntries(secrets),
    link: known?.link ?? { billerCode: LINKED, secret: newWebhookSecret() },
  };
  await writePrivately(agencyFilePath(dataDir), `${JSON.stringify(agency, null, 2)}\n`);
  return { agency, isNew: known === undefined };
}

async function readAgencyFile(dataDir: string): Promise<AgencyFile | undefined> {
  const file = agencyFilePath(dataDir);
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as AgencyFile;
  } catch (cause) {
    throw new Error(
      `${file} is no JSON; delete it, and the next start makes new secrets and writes it again`,
      {
        cause,
      },
    );
  }
}
