// An acceptor played on the screen, for trying and for tests: it speaks as a machine does and remembers as one does, also over
// a loss of power. No money is taken.

import type { Book, PlayedMemory } from './book.ts';
import type { FromMachine, Machine, ToMachine } from './machine.ts';

export interface Insertion {
  readonly session: string;
  readonly currency: string;
}

const NOTHING: PlayedMemory = { session: null, notes: [] };

export class PlayedMachine implements Machine {
  readonly #book: Book;
  #turn: Promise<void> = Promise.resolve();
  readonly #hearing = new Set<(message: FromMachine) => void>();
  readonly #watching = new Set<() => void>();
  #open: Insertion | undefined;
  #held: { note: string; value: string } | undefined;

  constructor(book: Book) {
    this.#book = book;
  }

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
    this.#held = { note: crypto.randomUUID().slice(0, 8), value };
    this.#say({ type: 'escrow', session, ...this.#held });
  }

  /** As over a wire: the answer comes later, one after another. */
  send(message: ToMachine): void {
    this.#turn = this.#turn.then(() => this.#hear(message));
  }

  async #hear(message: ToMachine): Promise<void> {
    switch (message.type) {
      case 'hello':
        return this.#say({ type: 'ready', ...(await this.#memory()) });
      case 'accept': {
        const { session, currency } = message;
        if ((await this.#memory()).session !== session) await this.#remember({ session, notes: [] });
        this.#open = { session, currency };
        return this.#changed();
      }
      case 'stack':
        return this.#stack(message.session);
      case 'return':
        this.#held = undefined;
        return this.#say({ type: 'returned', session: message.session, note: message.note });
      case 'stop':
        this.#open = undefined;
        this.#held = undefined;
        return this.#say({ type: 'stopped', session: message.session });
      case 'end':
        return this.#remember(NOTHING);
      case 'print':
        return undefined;
    }
  }

  async #stack(session: string): Promise<void> {
    const held = this.#held;
    if (held === undefined) return;
    await this.#remember({ session, notes: [...(await this.#memory()).notes, held] });
    this.#held = undefined;
    this.#say({ type: 'stacked', session, ...held });
  }

  async #memory(): Promise<PlayedMemory> {
    return (await this.#book.played()) ?? NOTHING;
  }

  #remember(memory: PlayedMemory): Promise<void> {
    return this.#book.putPlayed(memory);
  }

  #say(message: FromMachine): void {
    for (const hear of [...this.#hearing]) hear(message);
    this.#changed();
  }

  #changed(): void {
    for (const look of this.#watching) look();
  }
}
