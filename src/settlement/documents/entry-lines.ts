// From rows to lines: the fields of ENTRY_COLUMNS in their order, as bytes. Texts pass through untouched, whatever
// language they are in; ids, instants and amounts become what people read. One object for all lines of a document.

import { exponentOf } from '../../kernel/currencies.ts';
import { LONGEST_SHOWN, putId, putReceipt } from '../../kernel/shown-bytes.ts';
import type { CopiedRows } from './copied-rows.ts';
import { ENTRY_COLUMNS } from './entry-columns.ts';
import { ROW_COLUMNS, type RowColumn } from './entry-sql.ts';
import type { EntryDay } from './store-entries.ts';
import { putAmount, putInstant, type PutText } from './value-bytes.ts';

const AT = Object.fromEntries(ROW_COLUMNS.map((column, at) => [column, at])) as Record<RowColumn, number>;
const SEPARATOR = 44;
const LINE_FEED = 10;
const LOW_30 = 2 ** 30 - 1;
/** Two ids, an instant, five amounts of at most 18 characters, currency and date, a separator after each field. */
const OF_OUR_OWN = 2 * LONGEST_SHOWN + 25 + 5 * 18 + 13 + ENTRY_COLUMNS.length;
/** Outlets come by the thousand, payments by the million: each is read once. */
const OUTLETS_KEPT = 2000;

/** Texts that stand beside each other in the row and in the line. */
const FIRST_TEXTS = [AT.kind, AT.reference];
const TEXTS = [AT.method, AT.route, AT.billNumber, AT.payerId, AT.unit, AT.service, AT.budgetLine];
const AMOUNTS = [AT.amount, AT.payerFee, AT.billerFee, AT.tax, AT.commission];
const LAST_TEXTS = [AT.credited, AT.note];

interface Outlet {
  readonly kind: Buffer | undefined;
  readonly id: Buffer | undefined;
}
const NO_OUTLET: Outlet = { kind: undefined, id: undefined };

export class EntryLines {
  /** Where each field of the last line ends; the next one begins behind a separator. */
  readonly #ends = new Int32Array(ENTRY_COLUMNS.length);
  #field = 0;
  readonly #billerId: number;
  readonly #scale: number;
  readonly #currency: Buffer;
  readonly #date: Buffer;
  readonly #channels: ReadonlyMap<number, Buffer>;
  readonly #putText: PutText;
  readonly #outlets = new Map<string, Outlet>();

  constructor(
    { billerId, currency, businessDate }: EntryDay,
    channels: ReadonlyMap<number, Buffer>,
    putText: PutText,
  ) {
    this.#billerId = billerId;
    this.#scale = exponentOf(currency) ?? 0;
    this.#currency = Buffer.from(currency);
    this.#date = Buffer.from(businessDate);
    this.#channels = channels;
    this.#putText = putText;
  }

  /** No line of the row at hand is longer: a text may double by its quotes, with two around it and a sign before. */
  mostBytes(rows: CopiedRows): number {
    return 2 * rows.size + 3 * ENTRY_COLUMNS.length + OF_OUR_OWN;
  }

  /** Puts the line of the row at hand, its line feed too; where it ends in `out`. */
  put(out: Buffer, at: number, rows: CopiedRows): number {
    this.#field = 0;
    let to = this.#end(out, putPaymentId(out, at, rows));
    to = this.#end(out, this.#putReceipt(out, to, rows));
    to = this.#end(out, putInstant(out, to, rows.integer(AT.instant), rows.integer(AT.local)));
    to = this.#putTexts(out, to, rows, FIRST_TEXTS);
    to = this.#end(out, this.#putWord(out, to, this.#channelOf(rows)));
    const { kind, id } = this.#outletOf(rows);
    to = this.#end(out, this.#putWord(out, to, kind));
    to = this.#end(out, this.#putWord(out, to, id));
    to = this.#putTexts(out, to, rows, TEXTS);
    for (const field of AMOUNTS) to = this.#end(out, putAmount(out, to, rows.integer(field), this.#scale));
    to = this.#end(out, this.#putWord(out, to, this.#currency));
    to = this.#end(out, this.#putWord(out, to, this.#date));
    to = this.#putTexts(out, to, rows, LAST_TEXTS);
    out[to - 1] = LINE_FEED;
    return to;
  }

  /** The fields of the last line, which was put at `at`. A line of ASCII is read once and then cut. */
  texts(out: Buffer, at: number): string[] {
    const last = this.#ends[ENTRY_COLUMNS.length - 1] ?? at;
    const line = out.toString('utf8', at, last);
    const isAscii = line.length === last - at;
    let begin = at;
    return Array.from(this.#ends, (end) => {
      const text = isAscii ? line.slice(begin - at, end - at) : out.toString('utf8', begin, end);
      begin = end + 1;
      return text;
    });
  }

  #end(out: Buffer, at: number): number {
    out[at] = SEPARATOR;
    this.#ends[this.#field++] = at;
    return at + 1;
  }

  #putTexts(out: Buffer, at: number, rows: CopiedRows, fields: readonly number[]): number {
    let to = at;
    for (const field of fields)
      to = this.#end(out, this.#putText(out, to, rows.bytes, rows.begin(field), rows.length(field)));
    return to;
  }

  #putWord(out: Buffer, at: number, word: Buffer | undefined): number {
    return word === undefined ? at : this.#putText(out, at, word, 0, word.length);
  }

  #putReceipt(out: Buffer, at: number, rows: CopiedRows): number {
    if (rows.length(AT.receiptNo) < 0) return at;
    const low = rows.low(AT.receiptNo);
    return putReceipt(out, at, this.#billerId, rows.high(AT.receiptNo) * 4 + (low >>> 30), low & LOW_30);
  }

  /** An adjustment may have none. */
  #channelOf(rows: CopiedRows): Buffer | undefined {
    return rows.length(AT.channelId) < 0 ? undefined : this.#channels.get(rows.small(AT.channelId));
  }

  #outletOf(rows: CopiedRows): Outlet {
    const begin = rows.begin(AT.outlet);
    const length = rows.length(AT.outlet);
    if (length < 0) return NO_OUTLET;
    const json = rows.bytes.toString('latin1', begin, begin + length);
    const known = this.#outlets.get(json);
    if (known !== undefined) return known;
    const { kind, id } = JSON.parse(rows.bytes.toString('utf8', begin, begin + length)) as Record<
      string,
      string | undefined
    >;
    const outlet = { kind: bytesOf(kind), id: bytesOf(id) };
    if (this.#outlets.size === OUTLETS_KEPT) this.#outlets.clear();
    this.#outlets.set(json, outlet);
    return outlet;
  }
}

function putPaymentId(out: Buffer, at: number, rows: CopiedRows): number {
  return rows.length(AT.paymentId) < 0 ? at : putId(out, at, 'pay', rows.bytes, rows.begin(AT.paymentId));
}

function bytesOf(text: string | undefined): Buffer | undefined {
  return text === undefined ? undefined : Buffer.from(text);
}
