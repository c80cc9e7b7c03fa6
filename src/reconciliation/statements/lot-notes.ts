// What came of a lot, gathered while it is carried out and written at its end.

import type { Uuid } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { FoundBreak } from '../breaks/index.ts';
import type { Undecided } from './store-broken.ts';
import type { LineOutcome } from './outcomes.ts';
import { insertMatches, noteOutcomes, type Match } from './store-lot.ts';
import type { WaitingLine } from './waiting-line.ts';

type Found = Partial<Match> & Pick<Match, 'kind'>;

export interface Decided {
  readonly approvalId: Uuid;
  /** After what the line was found to be before. */
  readonly firstPart: number;
  readonly was: Undecided;
}

export class LotNotes {
  readonly statementId: Uuid;
  /** The books' time of the lot. */
  readonly at: Date;
  readonly breaks: FoundBreak[] = [];
  readonly #outcomes = new Map<number, LineOutcome>();
  readonly #matches: Match[] = [];

  readonly #decided: Decided | undefined;

  /** `decided`: of a line that persons have decided on; left out: lines that wait. */
  constructor(statementId: Uuid, at: Date, decided?: Decided) {
    this.statementId = statementId;
    this.at = at;
    this.#decided = decided;
  }

  outcome({ line }: Pick<WaitingLine, 'line'>, outcome: LineOutcome): void {
    this.#outcomes.set(line, outcome);
  }

  /** The line is placed, and this is what it is; left out: of no biller, the whole amount. */
  place(line: WaitingLine, outcome: LineOutcome, ...found: readonly Found[]): void {
    this.outcome(line, outcome);
    this.match(line, ...found);
  }

  /** Some of what a line is; of a decided line also before `place`. */
  match(line: WaitingLine, ...found: readonly Found[]): void {
    const first = this.#decided === undefined ? 0 : this.#decided.firstPart + this.#matches.length;
    found.forEach((one, part) =>
      this.#matches.push({
        line: line.line,
        part: first + part,
        billerId: line.billerId ?? 0,
        channelId: null,
        subjectId: null,
        subjectLine: null,
        amountMinor: line.amountMinor,
        journalId: null,
        approvalId: this.#decided?.approvalId,
        ...one,
      }),
    );
  }

  /** It could not be placed as planned after all. */
  open(line: WaitingLine, found: FoundBreak): void {
    this.outcome(line, 'break');
    this.breaks.push(found);
  }

  /** What lines of this lot were found to be of this kind so far. */
  subjectsOf(kind: string): Uuid[] {
    return this.#matches.flatMap((match) =>
      match.kind === kind && match.subjectId !== null ? [match.subjectId] : [],
    );
  }

  async write(tx: Tx): Promise<void> {
    await insertMatches(tx, this.statementId, this.#matches, this.at);
    await noteOutcomes(tx, this.statementId, this.#outcomes, this.at, this.#decided?.was ?? null);
  }
}
