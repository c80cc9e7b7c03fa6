// Texts of banks as people and the books can take them: on one line, without control characters, of bounded length.

import { StatementFault } from '../../reconciliation/index.ts';

const LONGEST_ID = 140;
const LONGEST_NAME = 200;
const LONGEST_CODE = 35;
const LONGEST_TEXT = 16 * 1024;
const ACCOUNT = /^[\p{L}\p{N}][\p{L}\p{N}./_:*-]{0,69}$/u;
/** What stands where nothing is to say (ISO 20022 usage rules, SWIFT user handbook). */
const NOTHING = /^(?:NOTPROVIDED|NOTAVAILABLE|NONREF)?$/i;

export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** null: it says nothing. Refuses (StatementFault) ids that are too long to be one; cutting them would make another. */
export function idText(text: string | null, place: string): string | null {
  const id = oneLine(text ?? '');
  if (NOTHING.test(id)) return null;
  if (id.length > LONGEST_ID)
    throw new StatementFault(place, `a reference has more than ${LONGEST_ID} characters`);
  return id;
}

export function nameText(text: string | null): string | null {
  const name = cut(oneLine(text ?? ''), LONGEST_NAME);
  return NOTHING.test(name) ? null : name;
}

export function codeText(text: string | null): string | null {
  const code = cut(oneLine(text ?? ''), LONGEST_CODE);
  return code === '' ? null : code;
}

/** Without spaces, in capitals; null: there is none. Refuses (StatementFault) what cannot be one. */
export function accountText(text: string | null, place: string): string | null {
  const account = (text ?? '').replace(/\s+/g, '').toUpperCase();
  if (NOTHING.test(account)) return null;
  if (!ACCOUNT.test(account))
    throw new StatementFault(place, `${JSON.stringify(account.slice(0, 80))} is no account number`);
  return account;
}

/** The parts that say something, each once, divided by line breaks; what is beyond 16 KiB is left out. */
export function joinTexts(parts: Iterable<string | null>): string {
  const said = new Set<string>();
  let length = 0;
  for (const part of parts) {
    const text = oneLine(part ?? '');
    if (text === '' || length > LONGEST_TEXT) continue;
    said.add(text);
    length += text.length + 1;
  }
  return cut([...said].join('\n'), LONGEST_TEXT);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
}
