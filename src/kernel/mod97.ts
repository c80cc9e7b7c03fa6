// ISO 7064 MOD 97-10 over letters and digits (A = 10 … Z = 35), as IBANs and RF creditor references use it.

/** Remainder by 97 of the number that `text` spells; undefined for a character other than 0-9 and A-Z. */
export function mod97(text: string): number | undefined {
  let rest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) rest = (rest * 10 + code - 48) % 97;
    else if (code >= 65 && code <= 90) rest = (rest * 100 + code - 55) % 97;
    else return undefined;
  }
  return rest;
}
