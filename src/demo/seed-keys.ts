// Keys of every demo party: a bearer key, kept in demo.json, and one to sign with, kept in `keys/` for `wasit call`.
// The database has only what it checks them with, so these files are the only memory of them.

import fs from 'node:fs/promises';
import path from 'node:path';
import { addKey } from '../channels/index.ts';
import type { KeyAlgorithm } from '../channels/credentials/index.ts';
import type { Database } from '../platform/db/index.ts';
import { DEMO_BILLERS } from './billers.ts';
import { DEMO_CHANNELS } from './channels.ts';
import type { DemoFile } from './demo-file.ts';
import { writePrivately } from './private-file.ts';
import { DEMO_ACTOR, must } from './seed-parties.ts';

export async function seedKeys(
  database: Database,
  masterKey: Buffer,
  dataDir: string,
): Promise<DemoFile['clients']> {
  const clients: Record<string, DemoFile['clients'][string]> = {};
  const keysDir = path.join(dataDir, 'keys');
  await fs.mkdir(keysDir, { recursive: true, mode: 0o700 });
  const make = async (
    client: string,
    algorithm: KeyAlgorithm,
  ): Promise<{ keyId: string; shownOnce: string }> => {
    const { key, shownOnce } = must(
      await addKey(database, client, { algorithm, label: 'demo' }, masterKey, DEMO_ACTOR),
    );
    if (shownOnce === undefined) throw new Error('a new key shows nothing to keep');
    return { keyId: key.keyId, shownOnce };
  };
  const makeSigning = async (client: string, algorithm: 'hmac-sha256' | 'ed25519'): Promise<void> => {
    const { keyId, shownOnce } = await make(client, algorithm);
    const secret = algorithm === 'ed25519' ? { privateKey: shownOnce } : { secret: shownOnce };
    await writePrivately(
      path.join(keysDir, `${client}.${algorithm}.json`),
      `${JSON.stringify({ client, keyId, algorithm, ...secret }, null, 2)}\n`,
    );
  };
  for (const { code, kind } of demoClients()) {
    clients[code] = { kind, key: (await make(code, 'bearer')).shownOnce };
    await makeSigning(code, 'hmac-sha256');
  }
  await makeSigning('bank-one', 'ed25519');
  return clients;
}

function demoClients(): { code: string; kind: 'channel' | 'agency' | 'operator' }[] {
  return [
    ...DEMO_CHANNELS.map(({ code }) => ({ code, kind: 'channel' as const })),
    ...DEMO_BILLERS.map(({ code }) => ({ code, kind: 'agency' as const })),
    { code: 'operator', kind: 'operator' },
  ];
}
