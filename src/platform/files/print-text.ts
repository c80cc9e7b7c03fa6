// Texts as react-pdf can set them: its direction is told, marks above and below letters are left out, and what is too
// long for its column is broken, since it would run over the next one.

/** Arabic and its neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Of its first letter: a name reads in its own direction, whatever the page's. */
export function directionOf(text: string): 'rtl' | 'ltr' {
  const [letter = ''] = /\p{L}/u.exec(text) ?? [];
  return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
}

// Short vowels are set at a wrong height (textkit forgets it) and would hide the dots of letters; signs of direction
// would be drawn as boxes.
const UNPRINTABLE = /[\u064b-\u0652\u0670\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]/g;

export function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(UNPRINTABLE, '')
    .replaceAll(/\s/g, (space) => (space === '\u00a0' ? space : ' '));
}

/** Points that a text takes in a line, a little too many. Parts of the size, of the letters of this font. */
export function lengthOf(text: string, size: number): number {
  let parts = 0;
  for (const letter of text) {
    if (/[MW@%]/.test(letter)) parts += 0.9;
    else if (/[A-Z]/.test(letter)) parts += 0.67;
    else if (/[-\s.,:;/|'’()]/.test(letter)) parts += 0.42;
    else parts += 0.61;
  }
  return parts * size;
}

/** With line breaks in words longer than `points`: behind a sign of punctuation, or where there is no room. */
export function brokenAt(text: string, points: number, size: number): string {
  return text
    .split(' ')
    .map((word) => broken(word, points, size))
    .join(' ');
}

function broken(word: string, points: number, size: number): string {
  if (word.length <= 1 || lengthOf(word, size) <= points) return word;
  let fitting = 1;
  while (lengthOf(word.slice(0, fitting + 1), size) <= points) fitting += 1;
  const end = /^.*[-/._:]/.exec(word.slice(0, fitting))?.[0].length ?? fitting;
  return `${word.slice(0, end)}\n${broken(word.slice(end), points, size)}`;
}
