// Addresses of payers: checked strictly before anything is planned, so that none can carry a line break, a second
// addressee or a command of a protocol. What is not of these forms is nobody's address.

import { createHmac, hkdfSync } from 'node:crypto';
import { latinDigits } from '../../kernel/latin-digits.ts';
import { maskEmail, maskMobile } from '../../kernel/mask.ts';
import type { Medium } from './message.ts';

/** E.164: the country's code and at most 15 digits. */
const MOBILE = /^\+[1-9][0-9]{6,14}$/;
/** RFC 5321 without its rarities: no quoted local part, no address literal, host names in ASCII. */
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;
const LONGEST_LOCAL = 64;
const LONGEST_EMAIL = 254;
/** What people and address books put between and around the digits: dashes of any kind, marks of direction. */
const SEPARATORS = /[\s().\p{Pd}\p{Cf}/]/gu;

/**
 * One address, one text: a mobile number without spaces, hyphens, brackets, in Latin digits and with `+` for a
 * leading `00`; an e-mail address with its host in lower case. undefined: it is none.
 */
export function readAddress(medium: Medium, text: string): string | undefined {
  return medium === 'sms' ? readMobile(text) : readEmail(text);
}

function readMobile(text: string): string | undefined {
  if (text.length > 100) return undefined;
  const digits = latinDigits(text.replace(SEPARATORS, '')).replace(/^00/, '+');
  return MOBILE.test(digits) ? digits : undefined;
}

function readEmail(text: string): string | undefined {
  const trimmed = text.trim();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(0, at));
  const host = trimmed.slice(at + 1).toLowerCase();
  if (trimmed.length > LONGEST_EMAIL || local.length > LONGEST_LOCAL) return undefined;
  return LOCAL.test(local) && HOST.test(host) ? `${local}@${host}` : undefined;
}

export function maskAddress(medium: Medium, address: string): string {
  return medium === 'sms' ? maskMobile(address) : maskEmail(address);
}

/**
 * Names an address without telling it: HMAC-SHA-256, hex, under a key that HKDF (RFC 5869) derives from the
 * installation's. Without the key all mobile numbers of a country are hashed in minutes. The local part of an e-mail
 * address counts in lower case: nobody means two persons by it.
 */
export function addressHasher(masterKey: Buffer): (medium: Medium, address: string) => string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'wasit message-address 1', 32));
  return (medium, address) =>
    createHmac('sha256', key).update(`${medium}:${address.toLowerCase()}`).digest('hex');
}
