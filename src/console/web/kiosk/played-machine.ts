// An acceptor played on the screen, for trying and for tests: it speaks as a machine does and remembers as one does, also over
// a loss of power. No money is taken.

import type { FromMachine, Machine, ToMachine } from './machine.ts';

interface Memory {
  readonly session: string | null;
  readonly notes: readonly { readonly note: string; readonly value: string }[];
}

export interface Insertion {
  readonly session: string;
  readonly currency: string;
}

const KEPT_AS = 'wasit-played-machine';
const NOTHING: Memory = { session: null, notes: [] };

export class PlayedMachine implements Machine {
  readonly #hearing = new Set<(message: FromMachine) => void>();
  readonly #watching = new Set<() => void>();
  #open: Insertion | undefined;
  #held: { note: string; value: string } | undefined;

  /** Which session it takes notes for; undefined: its mouth is shut. */
  get open(): Insertion | undefined {
    return this.#held === undefined ? this.#open : undefined;
  }

  listen(hear: (message: FromMachine) => void): () => void {
    this.#hearing.add(hear);
    return () => this.#hearing.delete(hear);
  }

  watch(look: () => void): () => void {
    this.#watching.add(look);
    return () => this.#watching.delete(look);
  }

  /** Somebody puts a note in. */
  insert(value: string): void {
    const session = this.open?.session;
    if (session === undefined) return;
    this.#held = { note: `${this.#memory().notes.length + 1}-${crypto.randomUUID().slice(0, 8)}`, value };
    this.#say({ type: 'escrow', session, ...this.#held });
  }

  send(message: ToMachine): void {
    // As over a wire: the answer comes later.
    queueMicrotask(() => this.#hear(message));
  }

  #hear(message: ToMachine): void {
    switch (message.type) {
      case 'hello':
        return this.#say({ type: 'ready', ...this.#memory() });
      case 'accept': {
        const { session, currency } = message;
        if (this.#memory().session !== session) this.#remember({ session, notes: [] });
        this.#open = { session, currency };
        return this.#changed();
      }
      case 'stack':
        return this.#stack(message.session);
      case 'return': {
        const { session, note } = message;
        this.#held = undefined;
        return this.#say({ type: 'returned', session, note });
      }
      case 'stop':
        this.#open = undefined;
        this.#held = undefined;
        return this.#say({ type: 'stopped', session: message.session });
      case 'end':
        return this.#remember(NOTHING);
      case 'print':
        return;
    }
  }

  #stack(session: string): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    this.#remember({ session, notes: [...this.#memory().notes, held] });
    this.#say({ type: 'stacked', session, ...held });
  }

  #memory(): Memory {
    const kept = localStorage.getItem(KEPT_AS);
    return kept === null ? NOTHING : (JSON.parse(kept) as Memory);
  }

  #remember(memory: Memory): void {
    localStorage.setItem(KEPT_AS, JSON.stringify(memory));
  }

  #say(message: FromMachine): void {
    for (const hear of [...this.#hearing]) hear(message);
    this.#changed();
  }

  #changed(): void {
    for (const look of this.#watching) look();
  }
}
