// Content-Digest (RFC 9530): the digest of the body's bytes as sent, which a signature covers in their place.
// sha-256 and sha-512 are known; others may stand beside them and are passed over, never counted.

import { hash } from 'node:crypto';

const KNOWN = new Map([
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
]);
const LONGEST_HEADER = 1024;
const MEMBER = /(?:^|[ \t]*,[ \t]*)([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):/y;
const NONE = Buffer.alloc(0);

/** The header's value for a body of raw bytes. */
export function makeContentDigest(body: Buffer, algorithm: 'sha-256' | 'sha-512' = 'sha-256'): string {
  return `${algorithm}=:${hash(algorithm === 'sha-256' ? 'sha256' : 'sha512', body, 'base64')}:`;
}

/** What is wrong with the header for this body (nothing: undefined). Every known digest in it must match. */
export function contentDigestFault(header: string, body: Buffer = NONE): string | undefined {
  if (header === makeContentDigest(body)) return undefined;
  if (header.length > LONGEST_HEADER) return `Content-Digest is longer than ${LONGEST_HEADER} characters`;
  const seen = new Map<string, string>();
  let at = 0;
  while (at < header.length || at === 0) {
    MEMBER.lastIndex = at;
    const member = MEMBER.exec(header);
    const [whole, name, digest] = member ?? [];
    if (whole === undefined || name === undefined || digest === undefined) {
      return `Content-Digest, character ${at + 1}: expected sha-256=:<base64>: or sha-512=:<base64>:`;
    }
    if (seen.has(name)) return `Content-Digest has ${name.slice(0, 64)} twice`;
    seen.set(name, digest);
    at += whole.length;
  }
  return digestsFault(seen, body);
}

function digestsFault(digests: ReadonlyMap<string, string>, body: Buffer): string | undefined {
  let checked = 0;
  for (const [name, algorithm] of KNOWN) {
    const digest = digests.get(name);
    if (digest === undefined) continue;
    if (digest !== hash(algorithm, body, 'base64')) {
      return `Content-Digest: ${name} is not that of the ${body.length} bytes received; hash the body exactly as sent`;
    }
    checked += 1;
  }
  return checked === 0 ? 'Content-Digest must hold sha-256 or sha-512' : undefined;
}
