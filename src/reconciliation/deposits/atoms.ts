// A text of a transfer as pieces that a number can be put together from: runs of letters or digits, and what stands
// between them. Whatever digits, case, accents and marks the payer or his bank used, two texts that a person would read
// alike give the same pieces.

export interface Atom {
  /** Upper case; Arabic without vowel signs, hamzas and tatweel. */
  readonly text: string;
  readonly kind: 'latin' | 'digits' | 'other';
  /** What stands between it and the atom before. */
  readonly gap: string;
}

const PIECE = /([A-Z]+)|([0-9]+)|((?:(?![A-Z])\p{L})+)/gu;
const UNSEEN = /[\p{M}\p{Cf}\u0640]/gu;
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Of at most `most` characters; a bank's text is shorter. */
export function atomsOf(text: string, most = 4000): Atom[] {
  const plain = text
    .slice(0, most)
    .normalize('NFKD')
    .replace(UNSEEN, '')
    .replace(OTHER_DIGITS, (digit) => String(digit.charCodeAt(0) & 15))
    .replaceAll('ة', 'ه')
    .replaceAll('ى', 'ي')
    .toUpperCase();
  const atoms: Atom[] = [];
  let end = 0;
  for (const match of plain.matchAll(PIECE)) {
    const [piece, latin, digits] = match;
    const kind = latin !== undefined ? 'latin' : digits !== undefined ? 'digits' : 'other';
    atoms.push({ text: piece, kind, gap: plain.slice(end, match.index) });
    end = match.index + piece.length;
  }
  return atoms;
}

/** Space, hyphens, dots, strokes and line breaks may stand inside a number. */
const INSIDE = /^[\s\-\u2010-\u2015\u2212._/:]{0,4}$/;

export function mayJoin({ gap }: Atom): boolean {
  return gap === '' || INSIDE.test(gap);
}
