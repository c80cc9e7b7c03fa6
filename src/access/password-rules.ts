// What a password must be (OWASP ASVS 2.1, NIST SP 800-63B): long rather than complicated, any characters, and nothing
// that somebody who knows the login would try first.

import { randomInt } from 'node:crypto';

const SHORTEST = 12;
const LONGEST = 128;
const LEAST_DIFFERENT = 5;
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What is wrong with it, for the person; undefined: nothing. */
export function passwordFault(password: string, login: string): string | undefined {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < SHORTEST) return `a password has ${SHORTEST} characters or more`;
  if (characters.length > LONGEST) return `a password has ${LONGEST} characters at the most`;
  if (new Set(characters).size < LEAST_DIFFERENT)
    return `a password has ${LEAST_DIFFERENT} different characters or more`;
  if (password.toLowerCase().includes(login.toLowerCase())) return 'a password does not contain the login';
  return undefined;
}

/** Four groups of five characters that are not mistaken for each other: 99 bits. */
export function newPassword(): string {
  const group = (): string => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
