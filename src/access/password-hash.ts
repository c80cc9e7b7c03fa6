// Passwords as the database keeps them: scrypt (RFC 7914), N = 2^17, r = 8, p = 1 (OWASP). The parameters stand in the
// hash, so they can grow: an older hash still opens, and is made anew when its owner signs in. One hash takes 128 MiB
// and a third of a second of a core, on a thread of its own; so only two are made at a time.

import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { refuse, Refused } from '../kernel/errors.ts';

interface Cost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

const COST: Cost = { n: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const FORM = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{22,})\$([A-Za-z0-9_-]{43})$/;

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return `scrypt$${COST.n}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

export interface Checked {
  readonly isRight: boolean;
  /** Made with lesser parameters than today's: to be made anew. */
  readonly isOutdated: boolean;
}

/** Takes the same time for every password. Throws on a hash that this program did not write. */
export async function checkPassword(password: string, hashed: string): Promise<Checked> {
  const [, n, r, p, salt = '', key = ''] = FORM.exec(hashed) ?? [];
  if (n === undefined) throw new Error('a password hash has not the form that this program writes');
  const cost: Cost = { n: Number(n), r: Number(r), p: Number(p) };
  const derived = await derive(password, Buffer.from(salt, 'base64url'), cost);
  return {
    isRight: timingSafeEqual(derived, Buffer.from(key, 'base64url')),
    isOutdated: cost.n < COST.n || cost.r < COST.r || cost.p < COST.p,
  };
}

/** The hash of no password: checked for a login that nobody has, so that its answer takes no less time. */
export const NOBODYS_HASH = `scrypt$${COST.n}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

const AT_ONCE = 2;
const MOST_WAITING = 20;
let running = 0;
const waiting: (() => void)[] = [];

/** Refuses `overloaded` when too many wait already: they hold up each other, and nobody else. */
async function derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new Refused(refuse('overloaded'));
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      // One password is one, however its letters were composed (NIST SP 800-63B, 5.1.1.2).
      const text = Buffer.from(password.normalize('NFKC'));
      scrypt(text, salt, KEY_BYTES, { N: n, r, p, maxmem: 256 * n * r }, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
