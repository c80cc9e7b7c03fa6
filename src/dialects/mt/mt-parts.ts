// Lines and parts that a bank cut where they were full, put together again, and the words by which banks mark what follows.

/** `020?00…`: a code of three digits, then parts behind a sign and two digits. */
const NUMBERED = /^\s*(\d{3})([?<>|~@])(?=\d{2})/;
const PLUS = /(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF)\+/;
const SLASH =
  /(?:^|\s|(?<=[^/]))\/(TRTP|CSID|NAME|MARF|REMI|IBAN|BIC|EREF|PREF|KREF|BENM|ORDP|ID|ADDR|RTRN|TRCD|PURP|ULTD|ULTB)\//;

/** Parts by their numbers, in order; a part that comes twice goes on. undefined: it is not of that kind. */
export function splitNumbered(
  lines: readonly string[],
): { readonly code: string; readonly parts: ReadonlyMap<number, string> } | undefined {
  // Cut anywhere, even between the sign and its number: nothing stands between two lines.
  const text = lines.join('');
  const start = NUMBERED.exec(text);
  if (start === null) return undefined;
  const [whole, code = '', sign = '?'] = start;
  const parts = new Map<number, string>();
  for (const part of text.slice(whole.length).split(new RegExp(`\\${sign}(?=\\d{2})`))) {
    const number = Number(part.slice(0, 2));
    parts.set(number, (parts.get(number) ?? '') + part.slice(2));
  }
  return { code, parts };
}

/** One text of pieces that are `full` characters long where they were cut; shorter ones end where a line ends. */
export function joinFull(pieces: readonly string[], full: number): string {
  let text = '';
  let isCut = true;
  for (const piece of pieces) {
    if (piece.trim() === '') continue;
    text += isCut ? piece : `\n${piece}`;
    isCut = piece.length >= full;
  }
  return text.trim();
}

/** `EREF+A-17SVWZ+rent` by its words. Empty: there are none. */
export function splitByPlus(text: string): ReadonlyMap<string, string> {
  return byWord(text.split(PLUS));
}

/** `/EREF/A-17/REMI/rent`. */
export function splitBySlash(text: string): ReadonlyMap<string, string> {
  return byWord(text.split(SLASH));
}

/** What stands in front of the first word goes under an empty one. */
function byWord([front = '', ...rest]: readonly string[]): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  if (rest.length === 0) return words;
  if (front.trim() !== '') words.set('', front.trim());
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [word = '', value = ''] = [rest[at], rest[at + 1]];
    if (!words.has(word)) words.set(word, value.trim());
  }
  return words;
}
