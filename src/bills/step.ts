// Lines of a file gathered for one transaction: as rows of COPY text for the database, and of each bill only what
// the intake rules need, so that a step of many thousand lines stays small.

import type { BillLine } from './bill-line.ts';
import { copyRow } from './copy-text.ts';
import type { StepBill } from './decide-step.ts';
import type { NumberedReject } from './store-load-step.ts';

const PIECE = 64 * 1024;

export class Step {
  /** Data lines of the file before this step. */
  readonly from: number;
  readonly bills: StepBill[] = [];
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
    return this.bills.length + this.rejects.length;
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
    const { line, bill } = entry;
    const { billNumber, version, contentHash, expiresOn } = bill;
    this.bills.push({ line, billNumber, version, contentHash, expiresOn });
    this.#text += copyRow(this.#billerId, bill, this.#receivedAt);
    if (this.#text.length >= PIECE) this.#flush();
  }

  #flush(): void {
    this.#pieces.push(Buffer.from(this.#text));
    this.#text = '';
  }

  /** All rows as COPY text, in the order of `bills`. */
  rows(): readonly Buffer[] {
    if (this.#text !== '') this.#flush();
    return this.#pieces;
  }

  /** Places in `bills`, from 1, of those whose number came earlier in the step. */
  repeated(): number[] {
    const seen = new Set<string>();
    const repeated: number[] = [];
    this.bills.forEach(({ billNumber }, index) => {
      if (seen.has(billNumber)) repeated.push(index + 1);
      seen.add(billNumber);
    });
    return repeated;
  }
}
