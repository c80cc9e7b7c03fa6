// Statements as MT940 and early word as MT942, several messages to a file, with the blocks of SWIFT FIN or without. The
// pages of one statement are statements of their own, each of which goes on where the one before it ended.

import { StatementFault, type StatementHead, type StatementPart } from '../../reconciliation/index.ts';
import type { NumberedLines } from '../statements/text-lines.ts';
import { Twins } from '../statements/twins.ts';
import { mtFields, type MtField } from './mt-fields.ts';
import type { MtHead } from './mt-head.ts';
import { MtMessage } from './mt-message.ts';

/** Throws StatementFault. */
export async function* readMt(batches: AsyncIterable<NumberedLines>): AsyncGenerator<StatementPart> {
  const reader = new MtReader();
  for await (const fields of mtFields(batches)) {
    for (const field of fields) reader.take(field);
    yield* reader.parts.splice(0);
  }
  if (reader.statements === 0) throw new StatementFault('the file', 'it holds no message with a field :20:');
}

class MtReader {
  readonly parts: StatementPart[] = [];
  statements = 0;
  readonly #twins = new Twins();
  #message: MtMessage | undefined;
  /** The message before, where it was a page with another to follow. */
  #page: { readonly head: StatementHead; readonly minor: bigint; readonly place: string } | undefined;
  #head: StatementHead | undefined;

  take(field: MtField): void {
    if (field.tag === 'end') this.#end();
    else if (field.tag === '20') this.#begin(field);
    else if (this.#message !== undefined) this.#message.take(field);
    else throw new StatementFault(`line ${field.line}`, `:${field.tag}: stands outside of a message (:20:)`);
  }

  #begin(field: MtField): void {
    this.#end();
    const place = `statement ${++this.statements} (line ${field.line})`;
    this.#message = new MtMessage(this.parts, place, (head, at) => this.#check(head, at));
    this.#message.take(field);
  }

  #end(): void {
    const message = this.#message;
    if (message === undefined) return;
    this.#message = undefined;
    message.end();
    const { closing } = message;
    this.#page =
      closing?.isPage === true && this.#head !== undefined
        ? { head: this.#head, minor: closing.minor, place: `statement ${this.statements}` }
        : undefined;
  }

  /** Banks that do not number their statements give them all one reference: their openings tell them apart. */
  #check({ head, isPage }: MtHead, place: string): void {
    const isNumbered = /[1-9]/.test(head.sequence?.split('/')[0] ?? '');
    const opening = `${head.opening?.on ?? ''} ${head.opening?.minor ?? ''}`;
    this.#twins.check(head, place, isNumbered ? '' : opening);
    const before = this.#page;
    if (
      before !== undefined &&
      (!isPage || before.head.account !== head.account || before.minor !== head.opening?.minor)
    )
      throw new StatementFault(
        place,
        `it does not go on where ${before.place}, a page with another to follow (:62M:), ended`,
      );
    this.#head = head;
  }
}
