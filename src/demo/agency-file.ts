// `agency.json` in the data directory: what the demo agency has to know, written by Wasit at each start and read by the
// agency, which is a program of its own. It holds secrets, so only its owner may read it.

import path from 'node:path';
import { newWebhookSecret } from '../kernel/standard-webhooks.ts';
import { DEMO_BILLERS } from './billers.ts';
import { readPrivateJson, writePrivateJson } from './private-file.ts';

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
  const file = agencyFilePath(dataDir);
  const known = await readPrivateJson<AgencyFile>(file, 'secrets');
  const secrets = DEMO_BILLERS.map(
    ({ code }) => [code, known?.webhooks[code] ?? newWebhookSecret()] as const,
  );
  const agency: AgencyFile = {
    url,
    databaseUrl,
    webhooks: Object.fromEntries(secrets),
    link: known?.link ?? { billerCode: LINKED, secret: newWebhookSecret() },
  };
  await writePrivateJson(file, agency);
  return { agency, isNew: known === undefined };
}
