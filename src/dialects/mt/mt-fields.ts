// The fields of SWIFT messages (:20:, :61: …) out of lines. Blocks of SWIFT FIN around them are dropped, a line of `-`
// ends a message, a line without a tag continues the field before it.

import { StatementFault } from '../../reconciliation/index.ts';
import type { NumberedLines } from '../statements/text-lines.ts';

export interface MtField {
  /** `20`, `60F`; `end`: of a message. */
  readonly tag: string;
  /** The first behind its tag, the others as they are. */
  readonly lines: readonly string[];
  /** Number of its first line. */
  readonly line: number;
}

const TAG = /^:(\d{2}[A-Z]?|NS):/;
/** SWIFT gives six lines to an :86:; banks take more. */
const MOST_LINES = 200;

/** Text outside of messages is the bank's header and dropped. Throws StatementFault for a field too long. */
export async function* mtFields(batches: AsyncIterable<NumberedLines>): AsyncGenerator<MtField[]> {
  const reader = new FieldReader();
  for await (const { first, lines } of batches) {
    lines.forEach((line, index) => reader.take(line, first + index));
    yield reader.fields.splice(0);
  }
  reader.end();
  yield reader.fields;
}

class FieldReader {
  readonly fields: MtField[] = [];
  #field: { tag: string; lines: string[]; line: number } | undefined;
  #line = 0;

  take(text: string, line: number): void {
    this.#line = line;
    // One line may end a message and begin the next, any number of times.
    let rest: string | undefined = text;
    while (rest !== undefined) rest = this.#takeBlock(rest, line);
  }

  /** What is left of the line behind a block. */
  #takeBlock(text: string, line: number): string | undefined {
    if (/^-(?:\}|\s*$)/.test(text)) {
      this.end();
      const next = text.indexOf('{1:');
      return next < 0 ? undefined : text.slice(next);
    }
    if (/^\{[1-5]:/.test(text)) {
      this.end();
      const start = text.indexOf('{4:');
      return start < 0 || text.length === start + 3 ? undefined : text.slice(start + 3);
    }
    this.#takeText(text, line);
    return undefined;
  }

  #takeText(text: string, line: number): void {
    const tag = TAG.exec(text);
    if (tag !== null) {
      this.#close();
      this.#field = { tag: tag[1] ?? '', lines: [text.slice(tag[0].length)], line };
    } else if (this.#field !== undefined) {
      this.#field.lines.push(text);
      if (this.#field.lines.length > MOST_LINES)
        throw new StatementFault(
          `line ${line}`,
          `the field :${this.#field.tag}: of line ${this.#field.line} has more than ${MOST_LINES} lines`,
        );
    }
  }

  end(): void {
    this.#close();
    this.fields.push({ tag: 'end', lines: [], line: this.#line });
  }

  #close(): void {
    if (this.#field !== undefined) this.fields.push(this.#field);
    this.#field = undefined;
  }
}
