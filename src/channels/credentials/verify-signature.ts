// Checks a request's RFC 9421 signature under Wasit's profile (api.md, Who is calling). The signature comes before
// the digest of the body, so that a stranger cannot make the gateway hash a large body.
// Every refusal says what to change: it is the detail of the 401 that an integration engineer reads.

import { createHmac, timingSafeEqual, verify, type KeyObject } from 'node:crypto';
import { contentDigestFault } from './content-digest.ts';
import { headerValue, signatureBase, type HttpRequest } from './signature-base.ts';
import { parseSignatureInput, parseSignatures, type SignatureInput } from './signature-input.ts';

export type SignatureAlgorithm = 'hmac-sha256' | 'ed25519';

export interface SignatureKey {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  /** Made once per key: the secret for hmac-sha256, the public key for ed25519. */
  readonly key: KeyObject;
}

export type Verdict<K> =
  | { readonly ok: true; readonly key: K }
  /** `signatureBase` is there when the signature itself does not match: the text that we checked it against. */
  | { readonly ok: false; readonly reason: string; readonly signatureBase?: string };

/** How far `created` may lie from our clock, either way. */
export const CREATED_TOLERANCE_SECONDS = 300;

// The base64 text of an HMAC, kept between calls: it halves the cost of the comparison.
const HMAC_LENGTH = 44;
const expected = Buffer.alloc(HMAC_LENGTH);
const given = Buffer.alloc(HMAC_LENGTH);

const ALWAYS_COVERED = ['@method', '@authority', '@path', '@query'];

/**
 * Accepts when one of the signatures by a key that `keyOf` knows holds; signatures by unknown keys (a proxy's) are
 * passed over. `nowMs` is milliseconds since 1970. Never throws, whatever the headers hold.
 */
export function verifySignature<K extends SignatureKey>(
  request: HttpRequest,
  keyOf: (keyId: string) => K | undefined,
  nowMs: number,
): Verdict<K> {
  const inputHeader = headerValue(request.headers, 'signature-input');
  const signatureHeader = headerValue(request.headers, 'signature');
  if (inputHeader === undefined) return no('the header Signature-Input is missing');
  if (signatureHeader === undefined) return no('the header Signature is missing');
  const inputs = parseSignatureInput(inputHeader);
  if (!inputs.ok) return inputs;
  const signatures = parseSignatures(signatureHeader);
  if (!signatures.ok) return signatures;

  let refusal: Verdict<K> | undefined;
  for (const input of inputs.value) {
    const key = input.keyid === undefined ? undefined : keyOf(input.keyid);
    if (key === undefined) continue;
    const base64 = signatures.value.find(({ label }) => label === input.label)?.base64;
    const verdict =
      base64 === undefined ? noSignature(input.label) : verifyOne(request, input, base64, key, nowMs);
    if (verdict.ok) return verdict;
    refusal ??= verdict;
  }
  return refusal ?? no(unknownKey(inputs.value));
}

function verifyOne<K extends SignatureKey>(
  request: HttpRequest,
  input: SignatureInput,
  base64: string,
  key: K,
  nowMs: number,
): Verdict<K> {
  const fault = timeFault(input, nowMs) ?? profileFault(request, input, key);
  if (fault !== undefined) return no(fault);
  const base = signatureBase(request, input.components, input.params);
  if (!base.ok) return base;
  if (!matches(key, base.value, base64)) {
    return {
      ok: false,
      reason:
        `the ${key.algorithm} signature ${input.label} does not match this request under the key ${key.keyId}; ` +
        'compare your signature base with ours, line by line, and check the secret',
      signatureBase: base.value,
    };
  }
  const digest =
    input.components.includes('content-digest') && headerValue(request.headers, 'content-digest');
  const isDue = typeof digest === 'string' && request.isStreamed !== true;
  const digestFault = isDue ? contentDigestFault(digest, request.body) : undefined;
  return digestFault === undefined ? { ok: true, key } : no(digestFault);
}

function timeFault(input: SignatureInput, nowMs: number): string | undefined {
  if (input.created === undefined) return 'the signature parameter created is missing: seconds since 1970';
  const aheadSeconds = input.created - nowMs / 1000;
  if (Math.abs(aheadSeconds) > CREATED_TOLERANCE_SECONDS) {
    const way = aheadSeconds > 0 ? 'ahead of' : 'behind';
    return (
      `created lies ${Math.round(Math.abs(aheadSeconds))} s ${way} our clock, which says ` +
      `${Math.floor(nowMs / 1000)}; ${CREATED_TOLERANCE_SECONDS} s are allowed: sign anew, and check your clock`
    );
  }
  if (input.expires !== undefined && input.expires * 1000 < nowMs) {
    return `the signature expired at ${input.expires}; our clock says ${Math.floor(nowMs / 1000)}: sign anew`;
  }
  return undefined;
}

function profileFault(request: HttpRequest, input: SignatureInput, key: SignatureKey): string | undefined {
  if (input.alg !== undefined && input.alg !== key.algorithm) {
    return `alg must be "${key.algorithm}", the algorithm of the key ${key.keyId}, or be left out`;
  }
  const absent = ALWAYS_COVERED.find((name) => !input.components.includes(name));
  if (absent !== undefined) return `the signature must cover "${absent}"`;
  const hasBody = request.isStreamed === true || (request.body !== undefined && request.body.length > 0);
  if (hasBody && !input.components.includes('content-digest')) {
    return 'the signature of a request with a body must cover "content-digest" (RFC 9530)';
  }
  return undefined;
}

function matches(key: SignatureKey, base: string, base64: string): boolean {
  if (key.algorithm === 'hmac-sha256') {
    if (base64.length !== HMAC_LENGTH) return false;
    expected.write(createHmac('sha256', key.key).update(base).digest('base64'), 'latin1');
    given.write(base64, 'latin1');
    return timingSafeEqual(given, expected);
  }
  const signature = Buffer.from(base64, 'base64');
  // One signature has one spelling: unused bits of the last base64 character must be zero.
  if (signature.length !== 64 || signature.toString('base64') !== base64) return false;
  return verify(null, Buffer.from(base, 'latin1'), key.key, signature);
}

function unknownKey(inputs: readonly SignatureInput[]): string {
  const named = inputs.find(({ keyid }) => keyid !== undefined)?.keyid;
  if (named === undefined) return 'the signature parameter keyid is missing';
  return `the keyid "${named.slice(0, 64)}" is not known here; take it from the key that the operator gave you`;
}

function noSignature(label: string): { ok: false; reason: string } {
  return no(`Signature-Input has the label ${label}, but Signature has not; use the same label in both`);
}

function no(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
