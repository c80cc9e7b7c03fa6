// What a bank says of a booking, :86:. In numbered parts (`166?00…?20EREF+…?32NAME`) as banks of Central Europe do, with
// words between slashes (`/EREF/…/NAME/…`), or as free text. Lines are broken where they are full, in the middle of words.

import { accountText, idText, nameText } from '../statements/clean-text.ts';
import { joinFull, splitByPlus, splitBySlash, splitNumbered } from './mt-parts.ts';

export interface MtInformation {
  /** The bank's code of the business (GVC). */
  readonly code: string | null;
  readonly endToEndId: string | null;
  /** Reference of our order file. */
  readonly paymentInfoId: string | null;
  readonly counterparty: string | null;
  readonly counterpartyAccount: string | null;
  readonly returnReason: string | null;
  readonly texts: readonly string[];
}

export const NO_INFORMATION: MtInformation = {
  code: null,
  endToEndId: null,
  paymentInfoId: null,
  counterparty: null,
  counterpartyAccount: null,
  returnReason: null,
  texts: [],
};

export function readMtInformation(lines: readonly string[], place: string): MtInformation {
  const numbered = splitNumbered(lines);
  if (numbered !== undefined) return readNumbered(numbered.code, numbered.parts, place);
  const text = joinFull(lines, 65);
  return { ...ofWords(splitBySlash(text), place), texts: text.split('\n') };
}

/** ?00 words for the business, ?20 to ?29 and ?60 to ?63 the remittance, ?30 bank, ?31 account, ?32 and ?33 name, ?38 IBAN. */
function readNumbered(code: string, parts: ReadonlyMap<number, string>, place: string): MtInformation {
  const remittance = [...parts].filter(([number]) => inRange(number, 20, 29) || inRange(number, 60, 63));
  const text = joinFull(
    remittance.map(([, part]) => part),
    26,
  );
  const words = splitByPlus(text);
  const said = ofWords(words, place);
  const name = joinFull([parts.get(32) ?? '', parts.get(33) ?? ''], 26);
  return {
    ...said,
    code,
    counterparty: nameText(name) ?? said.counterparty,
    counterpartyAccount: otherAccount(parts.get(38) ?? parts.get(31) ?? null) ?? said.counterpartyAccount,
    texts: [...(words.size > 0 ? words.values() : text.split('\n')), parts.get(0) ?? ''],
  };
}

function inRange(number: number, from: number, to: number): boolean {
  return number >= from && number <= to;
}

/** EREF end to end, KREF and PREF of our file (customer, payment information), IBAN, NAME and ABWA the other side. */
function ofWords(words: ReadonlyMap<string, string>, place: string): MtInformation {
  const id = (name: string): string | null => idText(words.get(name)?.replace(/\n/g, '') ?? null, place);
  const file = id('KREF') ?? id('PREF');
  return {
    code: null,
    endToEndId: id('EREF') ?? file,
    paymentInfoId: file,
    counterparty: nameText(words.get('NAME') ?? words.get('ABWA') ?? null),
    counterpartyAccount: otherAccount(words.get('IBAN') ?? null),
    returnReason: /^[A-Z]{2}\d{2}\b/.exec(words.get('RTRN') ?? '')?.[0] ?? null,
    texts: [],
  };
}

/** The first code of ISO 20022 for why a bank takes money back that stands among its words. */
export function reasonIn(text: string): string | null {
  return (
    /(?<![A-Za-z0-9])(?:A[BCGM]|BE|DT|ED|FF|MD|MS|RC|RR|SL|TM)\d{2}(?![A-Za-z0-9])/.exec(text)?.[0] ?? null
  );
}

/** Free text that is no number of an account is none: it stands in a text, where nothing is promised. */
function otherAccount(text: string | null): string | null {
  if (text === null || !/^[\p{L}\p{N}./ -]{1,70}$/u.test(text) || !/\d/.test(text)) return null;
  return accountText(text.replace(/^[./ -]+/, ''), '');
}
