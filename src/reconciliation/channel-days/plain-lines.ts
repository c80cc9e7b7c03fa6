// The short way for lines of CSV as nearly all are: no quotes, nothing wrong. Byte by byte into rows, without a text or a
// number for the collector, at a quarter of the cost. Whatever is not as plain is left, from there on, to read-line.ts,
// which alone says what is wrong: this file may only ever be stricter.

import { exponentOf } from '../../kernel/currencies.ts';
import { isBusinessDate } from '../../kernel/business-date.ts';
import { LINE_STATUSES } from './day.ts';
import { IN_REFERENCE, isBlank, putNumber, putText } from './line-bytes.ts';
import { readMore, type Places } from './read-line.ts';
import type { RowWriter } from './row-writer.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
/** Beyond them a double is not exact. */
const MOST_DIGITS = 15;
const LARGEST_PENDING = 4e15;
const NULL = '\\N';
const LONGEST_REFERENCE = 64;

export class PlainLines {
  readonly #writer: RowWriter;
  readonly #at: Places;
  readonly #width: number;
  readonly #hasMore: boolean;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  /** The currency, what its sums have room for, and the date of the line before, which nearly always are this one's. */
  #currency = '';
  #decimals = 0;
  #room = 0;
  #date = '';
  #count = 0;
  #minor = 0;
  #reversed = 0;
  readonly #texts: string[] = [];
  #billerCode = '\n';
  #more = '';

  constructor(writer: RowWriter, at: Places, width: number) {
    this.#writer = writer;
    this.#at = at;
    this.#width = width;
    this.#hasMore = [at.billerCode, at.billNumber, at.paymentId, at.occurredAt].some((place) => place >= 0);
    this.#starts = new Int32Array(width);
    this.#ends = new Int32Array(width);
  }

  /** Takes lines until one that is not plain. Answers where that begins and its number; all of them end by LF. */
  take(bytes: Buffer, firstLine: number): { readonly end: number; readonly line: number } {
    let line = firstLine;
    let from = 0;
    while (from < bytes.length) {
      const end = this.#split(bytes, from);
      if (end < 0 || !this.#takeOne(bytes, from, end, line)) break;
      from = end + 1;
      line += 1;
    }
    this.#flush();
    return { end: from, line };
  }

  /** Finds the fields; where the line ends, -1 for one that has a quote or another number of fields. Blank ones are plain. */
  #split(bytes: Buffer, from: number): number {
    let field = 0;
    let start = from;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === COMMA || byte === NEWLINE) {
        if (field >= this.#width) return -1;
        this.#starts[field] = start;
        this.#ends[field] = byte === NEWLINE && bytes[at - 1] === RETURN && at > start ? at - 1 : at;
        field += 1;
        start = at + 1;
        if (byte === NEWLINE) return field === this.#width || isBlank(bytes, from, at) ? at : -1;
      } else if (byte === QUOTE) return -1;
    }
    return -1;
  }

  /** False: it is not plain, and nothing of it is written. */
  #takeOne(bytes: Buffer, from: number, end: number, line: number): boolean {
    if (isBlank(bytes, from, end)) return true;
    const at = this.#at;
    if (!this.#isReference(bytes, at.reference) || !this.#isCurrency(bytes, at.currency)) return false;
    const minor = this.#amount(bytes, at.amount);
    if (minor < 0 || this.#minor + minor > this.#room || !this.#isStatus(bytes, at.status)) return false;
    if (this.#length(at.fee) > 0 && this.#amount(bytes, at.fee) < 0) return false;
    if (!this.#isDate(bytes, at.businessDate)) return false;
    const more = this.#hasMore ? this.#moreOf(bytes, line) : '';
    if (more === undefined) return false;
    const again = this.#writer.seen.add(bytes, this.#start(at.reference), this.#end(at.reference));
    this.#write(bytes, line, more, again);
    this.#writer.count(again);
    if (this.#isText(bytes, at.status, 'reversed')) this.#reversed += 1;
    else {
      this.#count += 1;
      this.#minor += minor;
      if (this.#minor > LARGEST_PENDING) this.#flush();
    }
    return true;
  }

  #write(bytes: Buffer, line: number, more: string, again: boolean): void {
    const { reference, currency, amount, status, fee, businessDate } = this.#at;
    const writer = this.#writer;
    writer.reserve(this.#length(reference) + this.#length(amount) + this.#length(fee) + more.length + 64);
    const out = writer.buffer;
    let to = putNumber(out, writer.at, line);
    out[to++] = TAB;
    to = this.#put(out, to, bytes, reference);
    out[to++] = TAB;
    to = this.#put(out, to, bytes, currency);
    out[to++] = TAB;
    to = this.#putMinor(out, to, bytes, amount);
    out[to++] = TAB;
    to = this.#put(out, to, bytes, status);
    out[to++] = TAB;
    to = this.#length(fee) > 0 ? this.#putMinor(out, to, bytes, fee) : putText(out, to, NULL);
    out[to++] = TAB;
    to = this.#length(businessDate) > 0 ? this.#put(out, to, bytes, businessDate) : putText(out, to, NULL);
    out[to++] = TAB;
    to = putText(out, to, more === '' ? NULL : more);
    out[to++] = TAB;
    writer.at = putText(out, to, again ? 't\n' : 'f\n');
  }

  #put(out: Buffer, at: number, bytes: Buffer, place: number): number {
    let to = at;
    for (let from = this.#start(place); from < this.#end(place); from++) out[to++] = bytes[from] ?? 0;
    return to;
  }

  /** Its digits without the point are the minor units; zeros before them are left out. */
  #putMinor(out: Buffer, at: number, bytes: Buffer, place: number): number {
    const end = this.#end(place);
    let from = this.#start(place);
    while (from < end - 1 && (bytes[from] === ZERO || bytes[from] === POINT)) from++;
    let to = at;
    for (; from < end; from++) if (bytes[from] !== POINT) out[to++] = bytes[from] ?? 0;
    return to;
  }

  #isReference(bytes: Buffer, place: number): boolean {
    const from = this.#start(place);
    const to = this.#end(place);
    if (to === from || to - from > LONGEST_REFERENCE) return false;
    for (let at = from; at < to; at++) if (IN_REFERENCE[bytes[at] ?? 0] !== 1) return false;
    return true;
  }

  #isCurrency(bytes: Buffer, place: number): boolean {
    if (this.#isText(bytes, place, this.#currency)) return true;
    const currency = this.#text(bytes, place);
    const decimals = exponentOf(currency);
    if (decimals === undefined) return false;
    this.#flush();
    this.#currency = currency;
    this.#decimals = decimals;
    this.#room = this.#writer.sums.roomOf(currency);
    return true;
  }

  #isStatus(bytes: Buffer, place: number): boolean {
    for (const status of LINE_STATUSES) if (this.#isText(bytes, place, status)) return true;
    return false;
  }

  /** Minor units of the line's currency; -1: it is no plain amount of it. */
  #amount(bytes: Buffer, place: number): number {
    const from = this.#start(place);
    const to = this.#end(place);
    const point = this.#decimals === 0 ? to : to - this.#decimals - 1;
    if (point <= from || to - from > MOST_DIGITS || (point < to && bytes[point] !== POINT)) return -1;
    if (bytes[from] === ZERO && point > from + 1) return -1;
    let minor = 0;
    for (let at = from; at < to; at++) {
      if (at === point) continue;
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) return -1;
      minor = minor * 10 + digit;
    }
    return minor;
  }

  #isDate(bytes: Buffer, place: number): boolean {
    if (this.#length(place) === 0 || this.#isText(bytes, place, this.#date)) return true;
    const date = this.#text(bytes, place);
    if (!isBusinessDate(date)) return false;
    this.#date = date;
    return true;
  }

  /** JSON of what is kept for persons; '' for nothing, undefined: something of it is wrong. */
  #moreOf(bytes: Buffer, line: number): string | undefined {
    const { billerCode, billNumber, paymentId, occurredAt } = this.#at;
    const isSame =
      billNumber < 0 && paymentId < 0 && occurredAt < 0 && this.#isText(bytes, billerCode, this.#billerCode);
    if (isSame) return this.#more;
    for (const place of [billerCode, billNumber, paymentId, occurredAt])
      if (place >= 0) this.#texts[place] = this.#text(bytes, place);
    const more = readMore(line, this.#texts, this.#at);
    if (more !== null && 'detail' in more) return undefined;
    this.#billerCode = this.#texts[billerCode] ?? '';
    this.#more = more === null ? '' : JSON.stringify(more);
    return this.#more;
  }

  #isText(bytes: Buffer, place: number, text: string): boolean {
    if (this.#length(place) !== text.length) return false;
    const from = this.#start(place);
    for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Latin-1: what is not ASCII fits none of the forms. */
  #text(bytes: Buffer, place: number): string {
    return bytes.toString('latin1', this.#start(place), this.#end(place));
  }

  #start(place: number): number {
    return this.#starts[place] ?? 0;
  }

  #end(place: number): number {
    return this.#ends[place] ?? 0;
  }

  #length(place: number): number {
    return this.#end(place) - this.#start(place);
  }

  /** Sums leave the doubles while these are exact. */
  #flush(): void {
    if (this.#count === 0 && this.#reversed === 0) return;
    const side = this.#writer.sums.side(this.#currency);
    side.count += this.#count;
    side.minor += BigInt(this.#minor);
    side.reversed += this.#reversed;
    this.#count = 0;
    this.#minor = 0;
    this.#reversed = 0;
    this.#room = this.#writer.sums.roomOf(this.#currency);
  }
}
