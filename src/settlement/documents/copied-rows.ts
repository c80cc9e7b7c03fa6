// Rows in the binary form of PostgreSQL's COPY (manual, COPY, Binary Format): a header, each row with the count of its
// fields, each field with its length, -1 for null. Nothing is copied: it says where the fields of the row at hand stand.

import { ROW_COLUMNS } from './entry-sql.ts';

/** Signature (11), flags and the length of an extension that there is not (4 each). */
const HEADER_BYTES = 19;
const FIRST_BYTES = 1024 * 1024;

/** Kept from page to page: it is filled, read once, and cleared. */
export class CopiedRows {
  bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #view = viewOf(this.bytes);
  #filled = 0;
  readonly #begins = new Int32Array(ROW_COLUMNS.length);
  readonly #lengths = new Int32Array(ROW_COLUMNS.length);
  #begin = HEADER_BYTES;
  #end = HEADER_BYTES;

  clear(): void {
    this.#filled = 0;
    this.#begin = this.#end = HEADER_BYTES;
  }

  /** What COPY sent, in its order. */
  add(piece: Buffer): void {
    const filled = this.#filled + piece.length;
    if (filled > this.bytes.length) {
      const larger = Buffer.allocUnsafe(2 * filled);
      this.bytes.copy(larger, 0, 0, this.#filled);
      this.bytes = larger;
      this.#view = viewOf(larger);
    }
    this.bytes.set(piece, this.#filled);
    this.#filled = filled;
  }

  /** Goes on to the next row; false after the last one. */
  next(): boolean {
    const count = this.#view.getInt16(this.#end);
    if (count === -1) return false;
    if (count !== ROW_COLUMNS.length) throw new Error(`a row of ${count} fields`);
    this.#begin = this.#end;
    let at = this.#begin + 2;
    for (let field = 0; field < count; field++) {
      const length = this.#view.getInt32(at);
      at += 4;
      this.#begins[field] = at;
      this.#lengths[field] = length;
      if (length > 0) at += length;
    }
    this.#end = at;
    return true;
  }

  /** How many bytes the row takes here. */
  get size(): number {
    return this.#end - this.#begin;
  }

  /** Where a field begins in `bytes`. */
  begin(field: number): number {
    return this.#begins[field] ?? 0;
  }

  /** -1: null. */
  length(field: number): number {
    return this.#lengths[field] ?? -1;
  }

  /** An int4. */
  small(field: number): number {
    return this.#view.getInt32(this.begin(field));
  }

  /** Of an int8: its upper 32 bits, signed, */
  high(field: number): number {
    return this.#view.getInt32(this.begin(field));
  }

  /** its lower ones, unsigned, */
  low(field: number): number {
    return this.#view.getUint32(this.begin(field) + 4);
  }

  /** and all of it. Throws (RangeError) beyond 2^53, which no amount of money and no instant reaches. */
  integer(field: number): number {
    const value = this.high(field) * 2 ** 32 + this.low(field);
    if (!Number.isSafeInteger(value)) throw new RangeError('a number beyond 53 bits');
    return value;
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
