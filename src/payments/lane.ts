// The lane: payments that arrive while a group is in flight wait, and the next group is all that waited. No
// timer: an idle lane commits a single payment at once. The queue is bounded and every command has a deadline;
// what could not be tried is answered `overloaded`, and nothing of it was done.

import type { Directory } from '../channels/index.ts';
import { refuse, type Refusal } from '../kernel/errors.ts';
import {
  CommitLost,
  isConflict,
  isConnectionLoss,
  isUnavailable,
  sqlStateOf,
  type Session,
} from '../platform/db/index.ts';
import type { PaymentCommand } from './command.ts';
import { commitGroup, StaleDirectory, type Decided } from './commit-group.ts';
import { NoOpenDay } from './no-open-day.ts';

export interface LaneOptions {
  /** Where groups are committed, one at a time each: so many groups may be in flight. */
  readonly tracks: readonly Track[];
  readonly directory: Directory;
  readonly groupLimit: number;
  readonly queueLimit: number;
  readonly deadlineMs: number;
  readonly openDays: (billerId: number) => Promise<void>;
  readonly onGroup: (size: number) => void;
  readonly onFault: (error: unknown, commands: readonly PaymentCommand[]) => void;
}

export interface Track {
  readonly session: Session;
  /** Which balance rows it writes; two tracks with one number, here or in another gateway, wait for each other. */
  readonly number: number;
}

interface Waiting {
  readonly command: PaymentCommand;
  readonly arrivedAt: number;
  readonly resolve: (answer: Decided) => void;
  readonly reject: (error: unknown) => void;
}

/** A group waits so long for a lock, or 0.4 of a longer deadline: what is left is for finding whose lock it is. */
const PATIENCE_MS = 1500;

/** So long waits each part of a group that has waited in vain. */
const HURRIED_MS = 100;

const LOCK_TIMEOUT = '55P03';

/** How often a group is tried before its clients are told to repeat the same reference. */
const TRIES = 5;

/** Smaller groups cost the database more per payment than waiting for the one in flight costs the payer. */
const WORTH_OVERLAPPING = 24;

export class Lane {
  readonly #options: LaneOptions;
  #queue: Waiting[] = [];
  readonly #idle: Track[];
  readonly #patienceMs: number;
  #scheduled = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#idle = [...options.tracks];
    this.#patienceMs = Math.max(PATIENCE_MS, Math.round(options.deadlineMs * 0.4));
  }

  get depth(): number {
    return this.#queue.length;
  }

  /** Resolves with the decision once it is durable. Rejects only for a fault of the program in this very command. */
  submit(command: PaymentCommand): Promise<Decided> {
    if (this.#queue.length >= this.#options.queueLimit) return Promise.resolve(overloaded());
    return new Promise((resolve, reject) => {
      this.#queue.push({ command, arrivedAt: performance.now(), resolve, reject });
      this.#schedule();
    });
  }

  /** All that arrives in one turn of the event loop goes together. */
  #schedule(): void {
    if (this.#scheduled || this.#idle.length === 0 || !this.#isWorthAGroup()) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const track = this.#idle.pop();
      if (track !== undefined) void this.#run(track);
    });
  }

  /** An idle lane takes whatever waits, at once; a group beside one in flight must be worth a commit of its own. */
  #isWorthAGroup(): boolean {
    const { tracks, groupLimit } = this.#options;
    const isIdle = this.#idle.length === tracks.length;
    return this.#queue.length >= (isIdle ? 1 : Math.min(WORTH_OVERLAPPING, groupLimit));
  }

  async #run(track: Track): Promise<void> {
    const taken = this.#queue.splice(0, this.#options.groupLimit);
    const latest = performance.now() - this.#options.deadlineMs;
    const group = taken.filter((waiting) => {
      if (waiting.arrivedAt < latest) waiting.resolve(overloaded());
      return waiting.arrivedAt >= latest;
    });
    if (group.length > 0) await this.#settle(track, group);
    this.#idle.push(track);
    this.#schedule();
  }

  /**
   * One poisoned command never fails its neighbours: a group that cannot be committed is halved, down to one. So is a
   * group that waited in vain for a lock, such as that of a bill in a long transaction; its parts wait less.
   */
  async #settle(track: Track, group: readonly Waiting[], patienceMs = this.#patienceMs): Promise<void> {
    try {
      const decided = await this.#commit(track, group, patienceMs);
      this.#options.onGroup(group.length);
      group.forEach((waiting, i) => waiting.resolve(decided[i] ?? overloaded()));
    } catch (error) {
      if (error instanceof CommitLost) return answerAll(group, refuse('outcome-unknown'));
      const isLocked = sqlStateOf(error) === LOCK_TIMEOUT;
      if (isLocked ? group.length === 1 || this.#isLate(group) : isUnavailable(error))
        return answerAll(group, refuse('overloaded'));
      if (this.#isLate(group)) {
        this.#options.onFault(
          error,
          group.map(({ command }) => command),
        );
        return answerAll(group, refuse('overloaded'));
      }
      const [only, ...others] = group;
      if (only !== undefined && others.length === 0) {
        // A sum of the books, a payer's credit, a day's total, has no room left for it: no fault, but never possible.
        if (sqlStateOf(error) === '22003')
          return answerAll(group, refuse('limit-exceeded', { scope: 'ledger' }));
        this.#options.onFault(error, [only.command]);
        return only.reject(error);
      }
      const half = group.length >> 1;
      const patience = isLocked ? HURRIED_MS : patienceMs;
      await this.#settle(track, group.slice(0, half), patience);
      await this.#settle(track, group.slice(half), patience);
    }
  }

  /** The oldest command has waited so long that another try could not be answered in time. */
  #isLate(group: readonly Waiting[]): boolean {
    return performance.now() - (group[0]?.arrivedAt ?? 0) > this.#options.deadlineMs;
  }

  /** Tries again what may succeed a second time: conflicts, a reference just taken, a new day or configuration. */
  async #commit(
    { session, number }: Track,
    group: readonly Waiting[],
    patienceMs: number,
  ): Promise<Decided[]> {
    const { directory } = this.#options;
    const commands = group.map(({ command }) => command);
    for (let attempt = 1; ; attempt++) {
      let client: Awaited<ReturnType<Session['connected']>> | undefined;
      try {
        client = await session.connected();
        return await commitGroup(client, commands, directory, { lane: number, patienceMs });
      } catch (error) {
        if (client !== undefined && (error instanceof CommitLost || isConnectionLoss(error)))
          session.drop(client);
        if (attempt >= TRIES || error instanceof CommitLost || this.#isLate(group)) throw error;
        if (error instanceof StaleDirectory) await directory.reload();
        else if (error instanceof NoOpenDay) await this.#options.openDays(error.billerId);
        else if (!isWorthAnotherTry(error)) throw error;
      }
    }
  }
}

/** A unique violation is a reference that another gateway took between our load and our record: load again. */
function isWorthAnotherTry(error: unknown): boolean {
  return isConflict(error) || isConnectionLoss(error) || sqlStateOf(error) === '23505';
}

function answerAll(group: readonly Waiting[], refusal: Refusal): void {
  for (const { resolve } of group) resolve({ decision: { kind: 'turned-away', refusal }, answer: undefined });
}

function overloaded(): Decided {
  return { decision: { kind: 'turned-away', refusal: refuse('overloaded') }, answer: undefined };
}
