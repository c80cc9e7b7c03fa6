// Structured creditor references, ISO 11649: `RF` + two check digits + up to 21 letters and digits. Pay codes are
// such references. Only the electronic form is known here: upper case, no spaces; payers may type it in any case.

import { mod97 } from './mod97.ts';

const BODY = /^[A-Z0-9]{1,21}$/;

/** The reference for a body. Refuses (RangeError) a body that is not 1 to 21 of A-Z and 0-9. */
export function makeCreditorReference(body: string): string {
  const rest = BODY.test(body) ? mod97(`${body}RF00`) : undefined;
  if (rest === undefined) throw new RangeError('the body of a creditor reference is 1 to 21 of A-Z, 0-9');
  return `RF${String(98 - rest).padStart(2, '0')}${body}`;
}

/** Whether the check digits are the ones ISO 11649 computes (02 to 98; their aliases 00, 01 and 99 are refused). */
export function isCreditorReference(text: string): boolean {
  const body = text.slice(4);
  return BODY.test(body) && text === makeCreditorReference(body);
}

/** The electronic form of what a payer typed in upper or lower case; undefined when it is no creditor reference. */
export function creditorReferenceOf(typed: string): string | undefined {
  if (!/^rf/i.test(typed)) return undefined;
  const text = typed.toUpperCase();
  return isCreditorReference(text) ? text : undefined;
}
