// Which events may be sent next: pure. Events of one bill go in their order, those of different bills side by side;
// what was refused holds back the events behind it on the same bills, and nothing else.

import type { FedEvent } from '../store-feed.ts';

export interface Pending {
  readonly event: FedEvent;
  /** Events that share one are sent in order: bill numbers, else the event's subject. */
  readonly keys: readonly string[];
  state: 'ready' | 'sent' | 'refused' | 'done';
  /** How many may go in one request with it; halved each time a request with it fails. */
  together: number;
}

export class Window {
  #pending: Pending[] = [];
  #read: bigint;

  /** `after`: every event up to this number is dealt with. */
  constructor(after: bigint) {
    this.#read = after;
  }

  /** Events read from the feed so far. */
  get readThrough(): bigint {
    return this.#read;
  }

  get size(): number {
    return this.#pending.length;
  }

  /** Every event up to this number is dealt with. */
  get doneThrough(): bigint {
    const [first] = this.#pending;
    return first === undefined ? this.#read : first.event.number - 1n;
  }

  add(events: readonly FedEvent[], together: number): Pending[] {
    const added = events.map((event): Pending => ({
      event,
      keys: orderKeysOf(event),
      state: 'ready',
      together,
    }));
    this.#pending.push(...added);
    this.#read = events.at(-1)?.number ?? this.#read;
    return added;
  }

  /**
   * The first events that nothing holds back: one, or several of one type that may go together. Within a request
   * events of one bill may follow each other.
   */
  next(): Pending[] {
    const chosen: Pending[] = [];
    const held = new Set<string>();
    let room = Infinity;
    for (const pending of this.#pending) {
      if (pending.state === 'done') continue;
      const [first] = chosen;
      const fits =
        pending.state === 'ready' &&
        chosen.length < Math.min(room, pending.together) &&
        (first === undefined || first.event.type === pending.event.type) &&
        !pending.keys.some((key) => held.has(key));
      if (fits) {
        chosen.push(pending);
        room = Math.min(room, pending.together);
        if (chosen.length >= room) break;
      } else for (const key of pending.keys) held.add(key);
    }
    return chosen;
  }

  /** The event and those behind it on the same bills, theirs included, in order. */
  behind(pending: Pending): Pending[] {
    const keys = new Set(pending.keys);
    const found = [pending];
    for (const other of this.#pending) {
      if (other.event.number <= pending.event.number || other.state === 'done') continue;
      if (!other.keys.some((key) => keys.has(key))) continue;
      found.push(other);
      for (const key of other.keys) keys.add(key);
    }
    return found;
  }

  /** Dealt with: delivered, or set aside. */
  finish(list: readonly Pending[]): void {
    for (const pending of list) pending.state = 'done';
    const first = this.#pending.findIndex((pending) => pending.state !== 'done');
    if (first !== 0) this.#pending.splice(0, first < 0 ? this.#pending.length : first);
  }

  /** Every event that nothing holds back and that may be sent by itself now. */
  free(): Pending[] {
    const held = new Set<string>();
    return this.#pending.filter((pending) => {
      if (pending.state === 'done') return false;
      const isFree = pending.state === 'ready' && !pending.keys.some((key) => held.has(key));
      for (const key of pending.keys) held.add(key);
      return isFree;
    });
  }

  /** Not dealt with, though what has this number is: what keeps the mark from moving past it. Nothing is under way. */
  before(number: bigint): Pending[] {
    return this.#pending.filter(({ event, state }) => state !== 'done' && event.number < number);
  }

  /** An event of this number and these keys has to wait: one before it is not dealt with, or not even read. */
  holdsBack(number: bigint, keys: readonly string[]): boolean {
    if (number > this.#read) return true;
    return this.before(number).some((pending) => pending.keys.some((key) => keys.includes(key)));
  }

  /**
   * Leaves one of the free events to be sent, by `turn` of how many there are, and holds the others back as refused.
   * False: there is none.
   */
  leaveOne(turn: (count: number) => number): boolean {
    const free = this.free();
    const one = free[turn(free.length)];
    for (const pending of free) if (pending !== one) pending.state = 'refused';
    return one !== undefined;
  }

  refused(): Pending[] {
    return this.#pending.filter((pending) => pending.state === 'refused');
  }
}

/** A payment's events keep the order of its bills; others that of their subject. */
export function orderKeysOf({ subject, payload }: Pick<FedEvent, 'subject' | 'payload'>): string[] {
  const data = JSON.parse(payload) as { bills?: unknown };
  const bills = Array.isArray(data.bills) ? (data.bills as { billNumber?: unknown }[]) : [];
  const numbers = bills.map((bill) => bill.billNumber).filter((each) => typeof each === 'string');
  return numbers.length === 0 ? [subject] : [...new Set(numbers)];
}
