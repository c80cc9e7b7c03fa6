// Digits as an Arabic or Persian keyboard writes them, as Latin ones: the same number, written elsewhere.

const EASTERN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Everything else stays as it is; the text keeps its length. */
export function latinDigits(text: string): string {
  return text.replace(EASTERN_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf));
}
