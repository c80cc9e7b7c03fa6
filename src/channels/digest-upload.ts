// The digests of an upload, taken while it streams by: SHA-256 always, since it names the file, and SHA-512 where the
// sender announced one. What was announced (content-digest, RFC 9530) is compared when the last byte is in.

import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { refuse, Refused } from '../kernel/errors.ts';
import { digestsFault, readContentDigest, type AnnouncedDigests } from './credentials/index.ts';

/** What the sender announced, to be compared when the last byte is in. Refuses (throws) a header that is none. */
export function announcedDigests(request: FastifyRequest): AnnouncedDigests | undefined {
  const header = request.headers['content-digest'];
  if (header === undefined) return undefined;
  const announced = readContentDigest(String(header));
  if (typeof announced !== 'string') return announced;
  throw new Refused(refuse('malformed-request', undefined, { errors: [{ pointer: '', detail: announced }] }));
}

export class UploadDigest {
  readonly #announced: AnnouncedDigests;
  readonly #sha256 = createHash('sha256');
  readonly #sha512;
  #bytes = 0;

  constructor(announced: AnnouncedDigests = new Map()) {
    this.#announced = announced;
    this.#sha512 = announced.has('sha512') ? createHash('sha512') : undefined;
  }

  update(bytes: Buffer): void {
    this.#sha256.update(bytes);
    this.#sha512?.update(bytes);
    this.#bytes += bytes.length;
  }

  /** Once. `fault`: in words, which announced digest is of other bytes. */
  end(): { sha256: Buffer; fault: string | undefined } {
    const sha256 = this.#sha256.digest();
    const found = { sha256: sha256.toString('base64'), sha512: this.#sha512?.digest('base64') };
    return { sha256, fault: digestsFault(this.#announced, (algorithm) => found[algorithm], this.#bytes) };
  }
}
