// Digits as they are written in Arabic: what payers put into the texts of their transfers.

const ZERO = 0x0660;

export function inArabicDigits(text: string): string {
  return text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(ZERO + Number(digit)));
}
