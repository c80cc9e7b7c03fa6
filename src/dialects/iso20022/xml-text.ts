// Text that may stand in an XML document to a bank. What nobody can see is refused: control characters break files,
// and characters that turn the direction of writing make a name look like another.

const UNSEEN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Why `text` cannot be sent, in words; undefined: it can. */
export function textFault(text: string): string | undefined {
  if (text.trim() === '') return 'is empty';
  const unseen = UNSEEN.exec(text)?.[0].codePointAt(0);
  if (unseen === undefined) return undefined;
  return `holds the control character U+${unseen.toString(16).toUpperCase().padStart(4, '0')}`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
}

/** At most `most` characters as a schema counts them (code points), never half of one, no spaces at the ends. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text.trim();
  return [...text.trim()].slice(0, most).join('').trimEnd();
}
