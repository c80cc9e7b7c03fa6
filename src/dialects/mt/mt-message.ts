// One message: a statement (MT940), a page of one, or early word of bookings (MT942). Its fields come in the order of the
// standard; a booking is complete when the field after its :86: begins.

import {
  StatementFault,
  type StatementBalance,
  type StatementHead,
  type StatementLine,
  type StatementPart,
} from '../../reconciliation/index.ts';
import { joinTexts } from '../statements/clean-text.ts';
import { Tally, type Claim } from '../statements/tally.ts';
import { readMtEntry, type MtEntry } from './mt-entry.ts';
import type { MtField } from './mt-fields.ts';
import { NO_INFORMATION, readMtInformation, reasonIn } from './mt-information.ts';
import { readMtClaim, readMtHead, type MtHead } from './mt-head.ts';
import { readMtBalance } from './mt-values.ts';

/** Before the first booking; the standard has seven. */
const MOST_FIELDS = 50;

export type MtBalance = StatementBalance & { readonly currency: string; readonly isPage: boolean };

export class MtMessage {
  readonly #parts: StatementPart[];
  readonly #fields: MtField[] = [];
  readonly #place: string;
  readonly #check: (head: MtHead, place: string) => void;
  readonly #tally = new Tally();
  readonly #claims: Claim[] = [];
  #head: StatementHead | undefined;
  #entry: MtEntry | undefined;
  #information = NO_INFORMATION;
  #entries = 0;
  closing: MtBalance | undefined;

  /** `parts`: where to put what is read. `check`: told of the head before anything of the message is put there. */
  constructor(parts: StatementPart[], place: string, check: (head: MtHead, place: string) => void) {
    this.#parts = parts;
    this.#place = place;
    this.#check = check;
  }

  take(field: MtField): void {
    const place = `line ${field.line}`;
    const value = field.lines[0] ?? '';
    switch (field.tag) {
      case '61':
        this.#closeEntry();
        this.#entry = readMtEntry(field, this.#begin().currency);
        return;
      case '86':
        if (this.#entry !== undefined) this.#information = readMtInformation(field.lines, place);
        return;
      case '62F':
      case '62M':
        this.#closeEntry();
        this.#takeClosing({ ...readMtBalance(value, place), isPage: field.tag === '62M' }, place);
        return;
      case '90C':
      case '90D':
        this.#closeEntry();
        this.#claims.push(readMtClaim(field, this.#begin().currency));
        return;
      default:
        if (this.#head !== undefined) this.#refuseLate(field, place);
        else if (this.#fields.push(field) > MOST_FIELDS)
          throw new StatementFault(place, `it has more than ${MOST_FIELDS} fields before its bookings`);
    }
  }

  end(): void {
    this.#closeEntry();
    const head = this.#begin();
    if (head.form === 'statement' && this.closing === undefined)
      throw new StatementFault(this.#place, 'it ends without a closing balance (:62F:)');
    this.#tally.check(this.#claims, this.#place);
    const closing = this.closing === undefined ? null : { minor: this.closing.minor, on: this.closing.on };
    this.#parts.push({ kind: 'end', tail: { closing: head.form === 'statement' ? closing : null } });
  }

  #takeClosing(closing: MtBalance, place: string): void {
    const { currency } = this.#begin();
    if (this.closing !== undefined) throw new StatementFault(place, 'it has a second closing balance');
    if (closing.currency !== currency)
      throw new StatementFault(
        place,
        `it closes in ${closing.currency}, while its account is in ${currency}`,
      );
    this.closing = closing;
  }

  /** What stands in front of the first booking is complete with it. */
  #begin(): StatementHead {
    if (this.#head !== undefined) return this.#head;
    const read = readMtHead(this.#fields, this.#place);
    this.#check(read, this.#place);
    this.#head = read.head;
    this.#parts.push({ kind: 'statement', head: read.head });
    return read.head;
  }

  /** What belongs in front would change what was already read. */
  #refuseLate({ tag }: MtField, place: string): void {
    if (/^(?:25P?|28C?|60[FM])$/.test(tag))
      throw new StatementFault(place, `:${tag}: stands after the bookings`);
  }

  #closeEntry(): void {
    const entry = this.#entry;
    if (entry === undefined) return;
    if (this.closing !== undefined)
      throw new StatementFault(entry.place, 'a booking stands after the closing balance');
    this.#tally.add(entry.minor, entry.isCredit, entry.isBooked);
    this.#entries++;
    if (entry.isBooked) this.#parts.push({ kind: 'line', line: this.#lineOf(entry) });
    this.#entry = undefined;
    this.#information = NO_INFORMATION;
  }

  #lineOf(entry: MtEntry): StatementLine {
    const said = this.#information;
    const text = joinTexts([...said.texts, ...entry.words, entry.customerReference]);
    return {
      entry: this.#entries,
      minor: entry.minor,
      bookedOn: entry.bookedOn,
      bookedAt: null,
      valuedOn: entry.valuedOn,
      isReversal: entry.isReversal,
      bankReference: entry.bankReference,
      sumReference: null,
      endToEndId: said.endToEndId ?? entry.customerReference,
      messageId: null,
      paymentInfoId: said.paymentInfoId,
      code: said.code ?? entry.code,
      returnReason: said.returnReason ?? (entry.isReversal ? reasonIn(text) : null),
      counterparty: said.counterparty,
      counterpartyAccount: said.counterpartyAccount,
      text,
      place: entry.place,
    };
  }
}
