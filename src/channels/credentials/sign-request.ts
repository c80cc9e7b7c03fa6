// Signs a request as a client of Wasit does: for the command line's `call`, for load generators and for tests.
// The caller must send exactly the returned headers, and the path and query of the URL letter for letter.

import { createHmac, createPrivateKey, createSecretKey, sign, type KeyObject } from 'node:crypto';
import { makeContentDigest } from './content-digest.ts';
import { signatureBase } from './signature-base.ts';

export interface SigningRequest {
  readonly method: string;
  /** Absolute, such as `http://127.0.0.1:8080/v1/payments?after=x`. */
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | undefined;
  readonly keyId: string;
  /** Seconds since 1970; now when left out. */
  readonly created?: number;
  readonly expires?: number;
  /** Names of header fields to cover besides those that the profile requires. */
  readonly cover?: readonly string[];
}

/** A secret in base64, as shown when the key was made, or a KeyObject (faster: it is made once). */
export type SigningKey =
  | { readonly algorithm: 'hmac-sha256'; readonly secret: string | KeyObject }
  | { readonly algorithm: 'ed25519'; readonly privateKey: string | KeyObject };

export interface SignedRequest {
  /** The given headers (names in lower case) with content-digest, signature-input and signature. */
  readonly headers: Record<string, string>;
  readonly signatureBase: string;
}

/** Throws on a header to cover that is not there, and on values that are not plain ASCII: faults of the caller. */
export function signRequest(request: SigningRequest & SigningKey): SignedRequest {
  const url = typeof request.url === 'string' ? new URL(request.url) : request.url;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const components = ['@method', '@authority', '@path', '@query'];
  if (request.body !== undefined && request.body.length > 0) {
    const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
    headers['content-digest'] = makeContentDigest(body);
    components.push('content-digest');
  }
  for (const name of request.cover ?? []) components.push(name.toLowerCase());

  const created = request.created ?? Math.floor(Date.now() / 1000);
  const expires = request.expires === undefined ? '' : `;expires=${request.expires}`;
  const list = components.map((name) => `"${name}"`).join(' ');
  const params = `(${list});created=${created}${expires};keyid="${request.keyId}"`;
  const target = { method: request.method.toUpperCase(), authority: url.host, path: url.pathname };
  const base = signatureBase({ ...target, query: url.search.slice(1), headers }, components, params);
  if (!base.ok) throw new Error(`cannot sign: ${base.reason}`);
  headers['signature-input'] = `sig1=${params}`;
  headers['signature'] = `sig1=:${signText(base.value, request)}:`;
  return { headers, signatureBase: base.value };
}

function signText(text: string, key: SigningKey): string {
  if (key.algorithm === 'ed25519') {
    const pair = typeof key.privateKey === 'string' ? createPrivateKey(key.privateKey) : key.privateKey;
    return sign(null, Buffer.from(text), pair).toString('base64');
  }
  const secret = typeof key.secret === 'string' ? createSecretKey(key.secret, 'base64') : key.secret;
  return createHmac('sha256', secret).update(text).digest('base64');
}
