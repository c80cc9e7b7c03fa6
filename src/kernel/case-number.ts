// Numbers of cases, for the telephone: `C-7Q2M-X9ZT`, 35 random bits and a check character in Crockford's base32, read as
// people say and type them. The check is that of receipt numbers: no single wrong character and no exchange passes.

import { CROCKFORD } from './crockford.ts';
import { randomWord, type RandomWord } from './random-word.ts';
import { checkCharacter, isChecked, readTyped } from './receipt-number.ts';

const RANDOM_CHARACTERS = 7;
const LONGEST_TYPED = 64;

export function newCaseNumber(random: RandomWord = randomWord): string {
  let text = '';
  for (let at = 0; at < RANDOM_CHARACTERS; at++) text += CROCKFORD[random() & 31] ?? '';
  return shown(text + checkCharacter(text));
}

/** The one form of what a person typed, with or without its `C`; undefined when it is no case number. */
export function parseCaseNumber(text: string): string | undefined {
  if (text.length > LONGEST_TYPED) return undefined;
  const typed = readTyped(text);
  const own = typed.length === RANDOM_CHARACTERS + 2 && typed.startsWith('C') ? typed.slice(1) : typed;
  return own.length === RANDOM_CHARACTERS + 1 && isChecked(own) ? shown(own) : undefined;
}

function shown(text: string): string {
  return `C-${text.slice(0, 4)}-${text.slice(4)}`;
}
