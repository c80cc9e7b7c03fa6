// The session of a page: its token in a cookie that no script of the page can read. A browser sends cookies by itself, so
// what changes something has to carry a header as well, which another site cannot set (OWASP: custom request headers).

import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, readCookie, setCookie } from '../platform/http/index.ts';

const NAME = 'wasit_session';
const SETTINGS = { sameSite: 'Strict', path: '/' } as const;

/** `x-wasit-page: 1`. */
export const PAGE_HEADER = 'x-wasit-page';

export function sessionCookie(request: FastifyRequest): string | undefined {
  return readCookie(request, NAME);
}

export function setSessionCookie(reply: FastifyReply, token: string): void {
  setCookie(reply, NAME, token, SETTINGS);
}

/** Where there is one. */
export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  if (sessionCookie(request) !== undefined) clearCookie(reply, NAME, SETTINGS);
}
