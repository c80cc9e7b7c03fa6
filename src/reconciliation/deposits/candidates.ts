// What in the text of a transfer may be the number of a bill or of a payer, or a pay code. Pure. A number with letters is
// known by its form; digits alone need a word before them that says what they are, or else are only `bare`: eight digits
// or more, which count when the amount fits to the last unit. Whether there is such a bill the look-up says.

import { creditorReferenceOf } from '../../kernel/creditor-reference.ts';
import { atomsOf, mayJoin, type Atom } from './atoms.ts';
import { looksLikeOther, piecesOfDaysAndAmounts, piecesOfIbans } from './not-ours.ts';
import { isAnd, isFiller, isNotOurs, namedBy, PREFIXES, type Named } from './words.ts';

export interface Candidate {
  /** Capital letters and digits alone, as `writtenSql` makes them of the numbers that are kept. */
  readonly key: string;
  readonly kind: 'number' | 'pay-code';
  /** `bare`: digits without a word before them, or what may be read in another way: only when the amount fits. */
  readonly strength: 'sure' | 'bare';
  /** What the word before it calls it; undefined: there is none, it may be either. */
  readonly named: Named | undefined;
  /** The pieces of the text that it is made of: what lies within a longer number is part of that. */
  readonly from: number;
  readonly to: number;
}

/** False: no number that is kept begins so, however it goes on. A filter for speed; leave it out to have all. */
export type MayBegin = (key: string) => boolean;

const LONGEST = 64;
/** Parts with something between them. */
const MOST_PARTS = 8;
const LEAST_BARE = 8;
const LEAST_NAMED = 3;
/** Fewer letters behind a number belong to it. */
const LEAST_WORD = 3;

export function candidatesIn(text: string, mayBegin: MayBegin = () => true): Candidate[] {
  const atoms = atomsOf(text);
  const taken = piecesOfIbans(atoms);
  const doubtful = piecesOfDaysAndAmounts(atoms);
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => {
    if (candidate.kind === 'number' && !mayBegin(candidate.key)) return;
    const key = `${candidate.key} ${candidate.from} ${candidate.to}`;
    if (found.get(key)?.strength !== 'sure') found.set(key, candidate);
  };
  for (let from = 0; from < atoms.length; from++) {
    const atom = atoms[from];
    if (atom === undefined || atom.kind === 'other' || taken.has(from)) continue;
    for (const start of startsOf(atoms, from)) spell({ atoms, taken, doubtful, from, start, mayBegin }, add);
    if (atom.kind === 'digits') bare(atoms, taken, from, add);
  }
  return [...found.values()];
}

/** Of a piece of letters the whole, and what is left behind a word that is written as one with the number. */
function startsOf(atoms: readonly Atom[], from: number): string[] {
  const atom = atoms[from];
  const before = atoms[from - 1];
  if (atom === undefined) return [];
  const isInside = atom.gap === '' && before !== undefined && before.kind !== 'other';
  if (atom.kind === 'digits')
    return isInside && namedBy(before.text) === undefined && !isFiller(before.text) ? [] : [atom.text];
  if (isInside) return [];
  const starts = [atom.text];
  for (const prefix of PREFIXES) {
    if (!atom.text.startsWith(prefix) || atom.text === prefix) continue;
    starts.push(atom.text.slice(prefix.length));
  }
  if (atom.text.endsWith('RF') && atom.text !== 'RF') starts.push('RF');
  return starts;
}

interface Spelling {
  readonly atoms: readonly Atom[];
  readonly taken: ReadonlySet<number>;
  readonly doubtful: ReadonlySet<number>;
  readonly from: number;
  readonly start: string;
  readonly mayBegin: MayBegin;
}

/** Every number that begins here: piece by piece, as long as what stands between them may stand inside a number. */
function spell(
  { atoms, taken, doubtful, from, start, mayBegin }: Spelling,
  add: (candidate: Candidate) => void,
): void {
  const isCode = start.startsWith('RF');
  if (!isCode && !mayBegin(start)) return;
  const named = nameOf(atoms, from);
  const isNamed = named !== undefined;
  let key = start;
  let digits = atoms[from]?.kind === 'digits' ? start.length : 0;
  let parts = 1;
  let isTight = true;
  let isDoubtful = doubtful.has(from);
  for (let to = from; to < atoms.length; to++) {
    if (to > from) {
      const atom = atoms[to];
      if (atom === undefined || atom.kind === 'other' || taken.has(to) || !mayJoin(atom)) return;
      if (atom.gap !== '') parts += 1;
      if (/\s/.test(atom.gap)) isTight = false;
      if (doubtful.has(to)) isDoubtful = true;
      key += atom.text;
      if (atom.kind === 'digits') digits += atom.text.length;
    }
    if (parts > MOST_PARTS || key.length > LONGEST) return;
    if (!endsHere(atoms, to)) continue;
    const span = { key, named: named === 'unsaid' ? undefined : named, from, to };
    if (isCode && creditorReferenceOf(key) !== undefined)
      add({ ...span, kind: 'pay-code', strength: 'sure' });
    if (!isSure(key.length, digits, { isTight, isNamed })) continue;
    const isBare = (isDoubtful && digits === key.length) || isCutOff(atoms, to);
    add({ ...span, kind: 'number', strength: isBare ? 'bare' : 'sure' });
  }
}

/** Not in the middle of digits with letters behind them that are no word of their own: letters may follow, digits not. */
function endsHere(atoms: readonly Atom[], to: number): boolean {
  const next = atoms[to + 1];
  return next === undefined || next.gap !== '' || next.kind === 'other' || atoms[to]?.kind === 'digits';
}

/** Letters are written as one with its end that are no word: it may be another number, "K-77X" and not K-77. */
function isCutOff(atoms: readonly Atom[], to: number): boolean {
  const next = atoms[to + 1];
  return next?.gap === '' && next.kind === 'latin' && next.text.length < LEAST_WORD;
}

/** With letters: by its form. Digits alone: by the word before them. */
function isSure(
  length: number,
  digits: number,
  { isTight, isNamed }: { isTight: boolean; isNamed: boolean },
): boolean {
  if (digits === 0) return false;
  if (isNamed) return length >= LEAST_NAMED;
  if (digits === length) return false;
  return isTight ? length >= 4 && digits >= 2 : length >= 6 && digits >= 4;
}

/**
 * What the words before the number say it is; `unsaid` after "No." alone at the beginning; undefined: nothing says that
 * it is ours. "Invoices 12, 13 and 14" names all three.
 */
function nameOf(atoms: readonly Atom[], from: number): Named | 'unsaid' | undefined {
  let isNumbered = false;
  for (let at = from; at > 0; at--) {
    const before = atoms[at - 1];
    const gap = atoms[at]?.gap ?? '';
    if (before === undefined || gap.length > 6) return undefined;
    if (before.kind === 'digits') {
      if (!/[,;&+]/.test(gap) && !isAnd(atoms[at]?.text ?? '')) return undefined;
      continue;
    }
    const named = namedBy(before.text);
    if (named !== undefined) return named;
    if (isNotOurs(before.text)) return undefined;
    if (isFiller(before.text)) {
      isNumbered = true;
      if (at === 1 || /[\r\n]/.test(before.gap)) return 'unsaid';
    } else if (!isAnd(before.text)) return undefined;
  }
  return isNumbered ? 'unsaid' : undefined;
}

/** Digits that stand alone: the piece by itself, and the whole row of pieces that begins with it. */
function bare(
  atoms: readonly Atom[],
  taken: ReadonlySet<number>,
  from: number,
  add: (candidate: Candidate) => void,
): void {
  if (isDigits(atoms, taken, from - 1) && mayJoin(atoms[from] ?? NONE)) return bareAlone(atoms, from, add);
  let to = from;
  while (isDigits(atoms, taken, to + 1) && mayJoin(atoms[to + 1] ?? NONE)) to += 1;
  if (to > from) bareAlone(atoms, from, add);
  addBare(atoms, from, to, add);
}

const NONE: Atom = { text: '', kind: 'other', gap: '' };

function isDigits(atoms: readonly Atom[], taken: ReadonlySet<number>, at: number): boolean {
  return atoms[at]?.kind === 'digits' && !taken.has(at);
}

function bareAlone(atoms: readonly Atom[], from: number, add: (candidate: Candidate) => void): void {
  const isApart = (atom: Atom | undefined): boolean => atom === undefined || /\s/.test(atom.gap);
  if (isApart(atoms[from]) && isApart(atoms[from + 1])) addBare(atoms, from, from, add);
}

function addBare(
  atoms: readonly Atom[],
  from: number,
  to: number,
  add: (candidate: Candidate) => void,
): void {
  const key = atoms
    .slice(from, to + 1)
    .map((atom) => atom.text)
    .join('');
  const isPartOfWord = (atoms[from]?.gap === '' && from > 0) || atoms[to + 1]?.gap === '';
  if (key.length < LEAST_BARE || key.length > LONGEST || isPartOfWord) return;
  if (looksLikeOther(atoms, from, to)) return;
  add({ key, kind: 'number', strength: 'bare', named: undefined, from, to });
}
