// A new key as whoever asked for it is shown it, once: with what the client has to keep, unless the key is the client's own.

import type { KeyAlgorithm, NewKey } from './credentials/index.ts';

export interface ShownKey {
  readonly client: string;
  readonly keyId: string;
  readonly algorithm: KeyAlgorithm;
  /** Of bearer. */
  readonly key?: string;
  /** Of hmac-sha256, base64. */
  readonly secret?: string;
  /** Of ed25519, PEM. */
  readonly privateKey?: string;
}

const NAME = { bearer: 'key', 'hmac-sha256': 'secret', ed25519: 'privateKey' } as const;

export function shownOnce(client: string, { key, shownOnce: secret }: NewKey): ShownKey {
  const { keyId, algorithm } = key;
  return { client, keyId, algorithm, ...(secret !== undefined && { [NAME[algorithm]]: secret }) };
}
