// The token of a session: random, shown once to who signed in, kept as its SHA-256 alone.

import { hash, randomBytes } from 'node:crypto';

const FORM = /^wst_[A-Za-z0-9_-]{43}$/;

export function newToken(): string {
  return `wst_${randomBytes(32).toString('base64url')}`;
}

export function isToken(text: string): boolean {
  return FORM.test(text);
}

export function hashToken(token: string): Buffer {
  return Buffer.from(hash('sha256', token, 'base64'), 'base64');
}
