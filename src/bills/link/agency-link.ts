// The live link to agencies that are asked for their bills. An answer is kept as bills (take-answer.ts) and what is
// told further is read from those rows, by the same code as for every other bill. Questions for the same bill, or the
// same payer, that are under way at the same time are one call. No transaction is open while an agency is asked.

import type { Biller, BillerLink } from '../../billers/index.ts';
import { systemClock, type Clock } from '../../kernel/clock.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { BEGIN_LOOKUPS, type Database, type Session } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { Caller } from '../../platform/outgoing/index.ts';
import type { CircuitState } from './breaker.ts';
import { Line } from './line.ts';
import type { LinkMetrics } from './metrics.ts';
import { readAnswer, type AnswerFault, type Question, type SaidBill } from './read-answer.ts';
import type { Said } from './rules.ts';
import { oldestWord, readStanding, type StandingWord } from './store-link.ts';
import { takeAnswer } from './take-answer.ts';
import { Contradiction } from './take-words.ts';

export interface LinkParts {
  readonly database: Database;
  /** Of its own: answers are noted and read on it, in one round trip each. */
  readonly session: Session;
  readonly caller: Caller;
  readonly masterKey: Buffer;
  readonly log: Log;
  readonly metrics: LinkMetrics;
  /** Of signatures. */
  readonly clock?: Clock;
  /** Milliseconds that only go forward, for the pauses of circuits. */
  readonly now?: () => number;
}

/** What an agency says of a bill that cannot be paid. */
export interface Word {
  readonly said: Said;
  readonly paidAt: string | null;
}

/** What is known of the bills that were asked for. */
export interface Words {
  /** Some of it is the agency's last word, since it did not answer. */
  readonly stale: boolean;
  /** When the oldest of the words was said; undefined: now. */
  readonly asOf: Date | undefined;
  /** Of the bills that it was asked for now, or when it does not answer, before. */
  readonly words: ReadonlyMap<string, Word>;
}

/** Bills of one request that are asked for at the same time. */
const ABREAST = 16;

/** What became of a question: kept, or for how long the agency is not to be asked, at least. */
type Came = { readonly words: ReadonlyMap<string, Word> } | Down;

interface Down {
  readonly waitMs: number;
}

export class AgencyLink {
  readonly #parts: Required<LinkParts>;
  readonly #lines = new Map<number, { code: string; line: Line }>();
  readonly #underWay = new Map<string, Promise<Came>>();

  constructor(parts: LinkParts) {
    this.#parts = { clock: systemClock, now: () => performance.now(), ...parts };
  }

  /** The circuits of the agencies that were asked, for the metrics. */
  *circuits(): Generator<[string, CircuitState]> {
    for (const { code, line } of this.#lines.values()) yield [code, line.breaker.state];
  }

  /** Asks for these bills. Refuses `agency-unavailable`. */
  async askBills(biller: Biller, link: BillerLink, numbers: readonly string[]): Promise<Words> {
    return this.#afterAll(biller, link, numbers, await this.#askEach(biller, link, numbers));
  }

  /** The same for those alone whose last word is older than the biller's limit, or says they cannot be paid. */
  async refreshBills(biller: Biller, link: BillerLink, numbers: readonly string[]): Promise<Words> {
    const standing = await this.#standing(biller, link, numbers);
    const settled = new Set(standing.filter(needsNoAsking).map((row) => row.bill_number));
    const old = numbers.filter((billNumber) => !settled.has(billNumber));
    const came = old.length === 0 ? NOTHING_NEW : await this.#askEach(biller, link, old);
    return this.#afterAll(biller, link, numbers, came);
  }

  /** Asks for a payer's open bills, which then stand here. Refuses `agency-unavailable`. */
  async askPayer(biller: Biller, link: BillerLink, payerId: string): Promise<Words> {
    const came = await this.#ask(biller, link, { payerId });
    if ('words' in came) return { stale: false, asOf: undefined, words: came.words };
    const asOf = link.whenDown === 'refuse' ? undefined : await this.#payersWord(biller, payerId);
    if (asOf === undefined) throw unavailable(biller, came);
    this.#parts.metrics.onStale(biller.code);
    return { stale: true, asOf, words: new Map() };
  }

  /** By what the agency said now or, where it said nothing, by what it said before. */
  async #afterAll(biller: Biller, link: BillerLink, numbers: readonly string[], came: Came): Promise<Words> {
    if ('words' in came) return { stale: false, asOf: undefined, words: came.words };
    if (link.whenDown === 'refuse') throw unavailable(biller, came);
    const standing = await this.#standing(biller, link, numbers);
    // Nothing is known of a bill that the agency never spoke of.
    if (standing.length < new Set(numbers).size) throw unavailable(biller, came);
    this.#parts.metrics.onStale(biller.code);
    const oldest = standing.reduce((a, b) => (b.as_of < a ? b.as_of : a), standing[0]?.as_of ?? new Date(0));
    return { stale: true, asOf: oldest, words: wordsOf(standing) };
  }

  #standing(biller: Biller, link: BillerLink, numbers: readonly string[]): Promise<StandingWord[]> {
    return this.#parts.session.once(BEGIN_LOOKUPS, (tx) =>
      readStanding(tx, biller.billerId, numbers, link.freshForSeconds),
    );
  }

  #payersWord(biller: Biller, payerId: string): Promise<Date | undefined> {
    const node = this.#parts.database.nodeOf(biller.billerId);
    return node.transaction((tx) => oldestWord(tx, biller.billerId, payerId));
  }

  /** Some at a time; once the agency is down, no more of them. */
  async #askEach(biller: Biller, link: BillerLink, numbers: readonly string[]): Promise<Came> {
    const [only] = numbers;
    if (only !== undefined && numbers.length === 1) return this.#ask(biller, link, { billNumber: only });
    const left = [...new Set(numbers)];
    const words = new Map<string, Word>();
    let down: Down | undefined;
    const worker = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined && down === undefined; next = left.pop()) {
        const came = await this.#ask(biller, link, { billNumber: next });
        if ('words' in came) for (const [billNumber, word] of came.words) words.set(billNumber, word);
        else down = came;
      }
    };
    await Promise.all(Array.from({ length: Math.min(ABREAST, left.length) }, worker));
    return down ?? { words };
  }

  #ask(biller: Biller, link: BillerLink, question: Question): Promise<Came> {
    const key = `${biller.billerId} ${JSON.stringify(question)}`;
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay;
    const asking = this.#askNow(biller, link, question).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, asking);
    return asking;
  }

  async #askNow(biller: Biller, link: BillerLink, question: Question): Promise<Came> {
    const { metrics, log } = this.#parts;
    const leftAt = performance.now();
    const asked = await this.#lineOf(biller, link).ask(this.#parts, biller, link, question);
    metrics.onCall(biller.code, asked.kind, performance.now() - leftAt);
    if (asked.kind === 'not-asked') return { waitMs: asked.waitMs };
    if (asked.kind === 'down') {
      log.warn({ biller: biller.code, detail: asked.detail }, 'an agency does not answer');
      return { waitMs: 1000 };
    }
    if (asked.kind === 'wrong') throw this.#wrong(biller, question, asked);
    const read = readAnswer(asked.body, question, biller);
    if ('fault' in read) throw this.#wrong(biller, question, read);
    try {
      await takeAnswer(this.#parts, biller, question, read.bills, performance.now() - leftAt);
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      throw this.#wrong(biller, question, { fault: 'contradiction', detail: error.message });
    }
    return { words: wordsSaid(question, read.bills) };
  }

  #lineOf(biller: Biller, link: BillerLink): Line {
    const known = this.#lines.get(biller.billerId);
    if (known?.line.isFor(link) === true) return known.line;
    const line = new Line(biller, link, this.#parts.masterKey, this.#parts.now);
    this.#lines.set(biller.billerId, { code: biller.code, line });
    return line;
  }

  /** The alarm, and the refusal of everybody who waits for this answer, whatever the policy: it is no outage. */
  #wrong(
    biller: Biller,
    question: Question,
    { fault, detail }: { fault: AnswerFault; detail: string },
  ): Refused {
    const { metrics, log } = this.#parts;
    metrics.onFault(biller.code, fault);
    log.error({ biller: biller.code, question, fault, detail }, "an agency's answer was thrown away");
    return new Refused(
      refuse('agency-unavailable', {
        billerCode: biller.code,
        reason: 'wrong-answer',
        fault,
        retryAfterSeconds: 5,
      }),
    );
  }
}

const NOTHING_NEW: Came = { words: new Map() };

/** The agency said lately that it can be paid, or it was paid here. */
function needsNoAsking({ status, said, fresh }: StandingWord): boolean {
  return status === 'paid' || (fresh && status === 'open' && (said === null || said === 'open'));
}

function wordsSaid(question: Question, bills: readonly SaidBill[]): Map<string, Word> {
  const words = new Map<string, Word>();
  if ('billNumber' in question) words.set(question.billNumber, { said: 'unknown', paidAt: null });
  for (const { bill, status, paidAt } of bills) words.set(bill.billNumber, { said: status, paidAt });
  return words;
}

function wordsOf(rows: readonly StandingWord[]): Map<string, Word> {
  return new Map(
    rows.map((row) => [
      row.bill_number,
      { said: row.said ?? 'open', paidAt: row.paid_at?.toISOString() ?? null },
    ]),
  );
}

function unavailable(biller: Biller, { waitMs }: { waitMs: number }): Refused {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new Refused(
    refuse('agency-unavailable', { billerCode: biller.code, reason: 'no-answer', retryAfterSeconds }),
  );
}
