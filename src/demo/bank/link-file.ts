// `bank.json` in the data directory: the secret that the demo bank and Wasit share. Only its owner may read it.

import path from 'node:path';
import { newWebhookSecret } from '../../kernel/standard-webhooks.ts';
import { readPrivateJson, writePrivateJson } from '../private-file.ts';

export function linkFilePath(dataDir: string): string {
  return path.join(dataDir, 'bank.json');
}

/** Made once. */
export async function bankSecret(dataDir: string): Promise<string> {
  const file = linkFilePath(dataDir);
  const known = await readPrivateJson<{ secret: string }>(file, 'secrets');
  const secret = known?.secret ?? newWebhookSecret();
  if (known === undefined) await writePrivateJson(file, { secret });
  return secret;
}
