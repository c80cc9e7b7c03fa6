// Content-Digest (RFC 9530): the digest of the body's bytes as sent, which a signature covers in their place.
// sha-256 and sha-512 are known; others may stand beside them and are passed over, never counted.

import { hash } from 'node:crypto';

const KNOWN: ReadonlyMap<string, DigestAlgorithm> = new Map([
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
  const announced = readContentDigest(header);
  if (typeof announced === 'string') return announced;
  return digestsFault(announced, (algorithm) => hash(algorithm, body, 'base64'), body.length);
}

export type DigestAlgorithm = 'sha256' | 'sha512';
/** Base64, by algorithm; at least one. */
export type AnnouncedDigests = ReadonlyMap<DigestAlgorithm, string>;

/** The digests that the header announces, or in words what is wrong with it. */
export function readContentDigest(header: string): AnnouncedDigests | string {
  if (header.length > LONGEST_HEADER) return `Content-Digest is longer than ${LONGEST_HEADER} characters`;
  const seen = new Set<string>();
  const announced = new Map<DigestAlgorithm, string>();
  let at = 0;
  while (at < header.length || at === 0) {
    MEMBER.lastIndex = at;
    const member = MEMBER.exec(header);
    const [whole, name, digest] = member ?? [];
    if (whole === undefined || name === undefined || digest === undefined) {
      return `Content-Digest, character ${at + 1}: expected sha-256=:<base64>: or sha-512=:<base64>:`;
    }
    if (seen.has(name)) return `Content-Digest has ${name.slice(0, 64)} twice`;
    seen.add(name);
    const algorithm = KNOWN.get(name);
    if (algorithm !== undefined) announced.set(algorithm, digest);
    at += whole.length;
  }
  return announced.size === 0 ? 'Content-Digest must hold sha-256 or sha-512' : announced;
}

/** Which announced digest is not that of a body of `bytes` bytes (none: undefined). `digestOf` gives base64. */
export function digestsFault(
  announced: AnnouncedDigests,
  digestOf: (algorithm: DigestAlgorithm) => string | undefined,
  bytes: number,
): string | undefined {
  for (const [name, algorithm] of KNOWN) {
    const digest = announced.get(algorithm);
    if (digest !== undefined && digest !== digestOf(algorithm)) {
      return `Content-Digest: ${name} is not that of the ${bytes} bytes received; hash the body exactly as sent`;
    }
  }
  return undefined;
}
