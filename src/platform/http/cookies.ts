// Cookies (RFC 6265), read where a route or the gate asks for them: a plugin's hook would run for every payment too. None
// is open to scripts of a page, and none goes over a line without TLS once it came over one.

import type { FastifyReply, FastifyRequest } from 'fastify';

export interface CookieSettings {
  /** `Lax`: also sent when another site leads here, as a sign-in provider does. */
  readonly sameSite: 'Strict' | 'Lax';
  readonly path: string;
  /** Without it the cookie goes when the browser is closed. */
  readonly maxAgeSeconds?: number;
}

/** The first of this name, as it was sent. */
export function readCookie({ headers }: FastifyRequest, name: string): string | undefined {
  if (headers.cookie === undefined) return undefined;
  for (const pair of headers.cookie.split(';')) {
    const equals = pair.indexOf('=');
    if (equals >= 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** What a value may be without quotes or escapes: ours are base64url. */
const VALUE = /^[A-Za-z0-9_-]*$/;

export function setCookie(reply: FastifyReply, name: string, value: string, settings: CookieSettings): void {
  if (!VALUE.test(value)) throw new Error(`the cookie ${name} has a value that would need escaping`);
  const { sameSite, path, maxAgeSeconds } = settings;
  const parts = [`${name}=${value}`, `Path=${path}`, 'HttpOnly', `SameSite=${sameSite}`];
  if (maxAgeSeconds !== undefined) parts.push(`Max-Age=${maxAgeSeconds}`);
  // By `x-forwarded-proto` behind a proxy that is trusted.
  if (reply.request.protocol === 'https') parts.push('Secure');
  // Fastify keeps those that were set before.
  reply.header('set-cookie', parts.join('; '));
}

export function clearCookie(reply: FastifyReply, name: string, settings: CookieSettings): void {
  setCookie(reply, name, '', { ...settings, maxAgeSeconds: 0 });
}
