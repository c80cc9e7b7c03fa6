// Bytes of a line: what they may be, and short texts put into a buffer one by one, which for so few costs less than a call
// that does it. Who puts answers where it ends.

const RETURN = 0x0d;
const ZERO = 0x30;

/** 1 for each byte that a reference may have. */
export const IN_REFERENCE = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9._:-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** An empty line before its LF, or its CR and LF. */
export function isBlank(bytes: Buffer, from: number, end: number): boolean {
  return end === from || (end === from + 1 && bytes[from] === RETURN);
}

/** ASCII. */
export function putText(out: Buffer, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** A whole number below 2^31. */
export function putNumber(out: Buffer, at: number, value: number): number {
  let digits = 1;
  for (let rest = value; rest > 9; digits++) rest = Math.trunc(rest / 10);
  let rest = value;
  for (let to = at + digits - 1; to >= at; to--) {
    const tens = Math.trunc(rest / 10);
    out[to] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return at + digits;
}
