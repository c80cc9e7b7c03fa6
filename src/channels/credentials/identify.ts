// Who is calling: by a bearer key or by a signature, never by both, so that one request has one author.
// That a key is expired, revoked or used from elsewhere is said only to a caller who has proven to hold it.

import { hash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../kernel/clock.ts';
import { isAllowed } from './allow-list.ts';
import type { Principal } from './client-key.ts';
import type { BearerRingKey, KeyRing, RingKey, SigningRingKey } from './key-ring.ts';
import type { HttpRequest } from './signature-base.ts';
import { verifySignature } from './verify-signature.ts';

export type Identified =
  | { readonly ok: true; readonly principal: Principal }
  | {
      readonly ok: false;
      /** forbidden: we know the caller, but he may not call from this address. */
      readonly code: 'unauthenticated' | 'forbidden';
      /** What to change, for the detail of the problem. */
      readonly reason: string;
      /** The text that we checked the signature against, when it did not match. */
      readonly signatureBase?: string;
    };

export interface Identifier {
  /** `ip` is the caller's address as the gateway trusts it. */
  identify(request: HttpRequest, ip: string): Identified;
  identifyBearer(authorization: string, ip: string): Identified;
  identifySignature(request: HttpRequest, ip: string): Identified;
}

export interface IdentifierParts {
  /** Asked on every request: hand over the newest ring. */
  readonly keys: () => KeyRing;
  readonly clock: Clock;
}

const BEARER = /^bearer +(wsk_[A-Za-z0-9_-]{43})$/i;

export function createIdentifier({ keys, clock }: IdentifierParts): Identifier {
  const identifier: Identifier = {
    identify(request, ip) {
      const { authorization, signature, 'signature-input': signatureInput } = request.headers;
      const signed = signature !== undefined || signatureInput !== undefined;
      if (authorization === undefined) {
        return signed ? identifier.identifySignature(request, ip) : unauthenticated(SAY_WHO_YOU_ARE);
      }
      if (signed) return unauthenticated('send a bearer key or a signature, not both');
      return identifier.identifyBearer(String(authorization), ip);
    },

    identifyBearer(authorization, ip) {
      const key = findBearer(keys(), authorization);
      return typeof key === 'string' ? unauthenticated(key) : admit(key, ip, clock.now());
    },

    identifySignature(request, ip) {
      const { signers } = keys();
      const now = clock.now();
      const verdict = verifySignature<SigningRingKey>(request, (keyId) => signers.get(keyId), now.getTime());
      if (verdict.ok) return admit(verdict.key, ip, now);
      return { ...verdict, code: 'unauthenticated' };
    },
  };
  return identifier;
}

const SAY_WHO_YOU_ARE =
  'say who you are: send Authorization: Bearer <key>, or sign the request (RFC 9421: Signature-Input and Signature)';

/** The key, or why there is none. */
function findBearer({ bearers }: KeyRing, authorization: string): BearerRingKey | string {
  const secret = BEARER.exec(authorization)?.[1];
  if (secret === undefined) {
    return 'Authorization must read "Bearer wsk_" and 43 letters, digits, "-" or "_": the key as it was shown';
  }
  const digest = hash('sha256', secret, 'base64');
  const key = bearers.get(digest);
  if (key === undefined || !timingSafeEqual(key.secretHash, Buffer.from(digest, 'base64'))) {
    return 'the bearer key is not known here; check that it is whole, and meant for this installation';
  }
  return key;
}

function admit(key: RingKey, ip: string, now: Date): Identified {
  const { keyId } = key.principal;
  if (key.revokedAt !== undefined) {
    return unauthenticated(
      `the key ${keyId} was revoked at ${key.revokedAt.toISOString()}; ask for a new one`,
    );
  }
  if (key.expiresAt !== undefined && key.expiresAt.getTime() <= now.getTime()) {
    return unauthenticated(`the key ${keyId} expired at ${key.expiresAt.toISOString()}; ask for a new one`);
  }
  if (key.allowed !== undefined && !isAllowed(key.allowed, ip)) {
    const reason = `the key ${keyId} may not be used from ${ip}; call from an allowed address or ask to add this one`;
    return { ok: false, code: 'forbidden', reason };
  }
  return { ok: true, principal: key.principal };
}

function unauthenticated(reason: string): Identified {
  return { ok: false, code: 'unauthenticated', reason };
}
