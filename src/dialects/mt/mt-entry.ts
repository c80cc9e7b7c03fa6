// A booking of a SWIFT statement, :61:. Day of value, day of booking, mark, amount, kind, references of the customer and
// of the bank, and a line of the bank's words: `031020 1020 C 20000, FMSC NONREF // 8327000090031789`.

import { StatementFault } from '../../reconciliation/index.ts';
import { idText } from '../statements/clean-text.ts';
import type { MtField } from './mt-fields.ts';
import { readMtAmount, readMtDay, readMtEntryDay } from './mt-values.ts';

export interface MtEntry {
  /** Signed. */
  readonly minor: bigint;
  readonly isCredit: boolean;
  /** The marks EC and ED of MT942: expected, not booked. */
  readonly isBooked: boolean;
  readonly bookedOn: string;
  readonly valuedOn: string;
  /** The bank takes back what it had booked: by its mark, or a debit of the kind RTI (returned item). */
  readonly isReversal: boolean;
  /** `NTRF`. */
  readonly code: string;
  readonly customerReference: string | null;
  readonly bankReference: string | null;
  readonly words: readonly string[];
  readonly place: string;
}

/** The letter behind the mark is that of the currency, where it is one (funds code). */
const FORM = /^(\d{6})(\d{4})?(RC|RD|EC|ED|C|D)([A-Z])?(\d[\d,]{0,40})([A-Z][A-Z0-9]{3})(.{0,200})$/;

/** Throws StatementFault for what is no booking, or an amount that the currency cannot have. */
export function readMtEntry({ lines, line }: MtField, currency: string): MtEntry {
  const place = `line ${line}`;
  const [first = '', ...words] = lines;
  const parts = FORM.exec(first.trimEnd());
  if (parts === null)
    throw new StatementFault(place, `${JSON.stringify(first.slice(0, 80))} is no booking (:61:)`);
  const [, value = '', entry, mark = '', , amount = '', code = '', references = ''] = parts;
  const valuedOn = readMtDay(value, place);
  const minor = readMtAmount(amount, currency, place);
  const isCredit = mark === 'C' || mark === 'RD' || mark === 'EC';
  const bank = references.indexOf('//');
  return {
    minor: isCredit ? minor : -minor,
    isCredit,
    isBooked: !mark.startsWith('E'),
    bookedOn: entry === undefined ? valuedOn : readMtEntryDay(entry, valuedOn, place),
    valuedOn,
    isReversal: mark.startsWith('R') || (!isCredit && code.endsWith('RTI')),
    code,
    customerReference: customerOf(bank < 0 ? references : references.slice(0, bank), place),
    bankReference: bank < 0 ? null : idText(references.slice(bank + 2), place),
    words,
    place,
  };
}

/** A single letter, as some banks write it, is no reference. */
function customerOf(text: string, place: string): string | null {
  return text.trim().length > 1 ? idText(text, place) : null;
}
