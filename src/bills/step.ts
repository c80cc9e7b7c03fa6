// Lines of a file gathered for one transaction: as rows of COPY text for the database, and of each bill only its
// line number, so that a step of many thousand lines is no burden to the collector.

import type { BillLine } from './bill-line.ts';
import { copyRow } from './copy-text.ts';
import type { NumberedReject } from './store-load-step.ts';

const PIECE = 64 * 1024;

export class Step {
  /** Data lines of the file before this step. */
  readonly from: number;
  /** Line numbers of the bills, in order. */
  readonly lines: number[] = [];
  readonly rejects: NumberedReject[] = [];
  readonly #billerId: number;
  readonly #receivedAt: string;
  readonly #pieces: Buffer[] = [];
  #text = '';

  /** `receivedAt`: when the file came, RFC 3339. */
  constructor(billerId: number, receivedAt: string, from: number) {
    this.#billerId = billerId;
    this.#receivedAt = receivedAt;
    this.from = from;
  }

  get size(): number {
    return this.lines.length + this.rejects.length;
  }

  /** The step that follows this one. */
  next(): Step {
    return new Step(this.#billerId, this.#receivedAt, this.from + this.size);
  }

  add(entry: BillLine): void {
    if ('reject' in entry) {
      this.rejects.push(entry);
      return;
    }
    this.lines.push(entry.line);
    this.#text += copyRow(this.#billerId, entry.bill, this.#receivedAt);
    if (this.#text.length >= PIECE) this.#flush();
  }

  #flush(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }

  /** All rows as COPY text, in the order of `lines`. */
  rows(): readonly Buffer[] {
    if (this.#text !== '') this.#flush();
    return this.#pieces;
  }
}
