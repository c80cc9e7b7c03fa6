// The forms of texts in which people may say anything, as regular expressions with the flag u. Everything that takes such
// a text is held to one of them, so that no terminal, file or page is made to do or show what the text does not say.

/**
 * One line of any language: no control characters (they would break receipts and files), no broken surrogates, and no
 * embeddings, overrides and isolates of direction (Unicode UAX #9), which make the text around them read as something
 * else. The marks U+200E, U+200F and U+061C cannot, and stand in ordinary Arabic text. Nor what Unicode calls no characters
 * (U+FFFE, U+FFFF …), which no XML can hold.
 */
export const ONE_LINE = '^[^\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{NChar}\\u202a-\\u202e\\u2066-\\u2069]*$';
/**
 * One line that staff write for others to decide by: besides, none of the characters that nobody sees (marks of
 * direction, zero widths), since two texts that look alike have to be alike. Who writes it is there to write it again.
 */
export const WRITTEN_LINE = '^[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{NChar}]*$';
/** The same of several lines: line feeds and tabs may stand in it. */
export const WRITTEN_TEXT =
  '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{NChar}]*$';
/** YYYY-MM. */
export const MONTH = '^[0-9]{4}-(0[1-9]|1[0-2])$';

const writtenLine = new RegExp(WRITTEN_LINE, 'u');

export function isWrittenLine(text: string): boolean {
  return writtenLine.test(text);
}
