// Takes notes for one payment. Before the machine is told to keep a note, the book says so; before another step is taken, the
// book says that, too. What the machine says is written down in the order in which it came.

import type { Book } from './book.ts';
import type { FromMachine, Machine } from './machine.ts';
import { missingOf, minorOf, textOf, withNote, type Taking } from './taking.ts';

export interface CashParts {
  readonly machine: Machine;
  readonly book: Book;
  readonly changed: (taking: Taking) => void;
  /** A note that is more than what is missing: the payer is asked. */
  readonly ask: (note: { note: string; value: string } | undefined) => void;
  /** The mouth is shut. */
  readonly stopped: (taking: Taking) => void;
  readonly failed: (reason: string) => void;
}

export class Cash {
  #taking: Taking;
  readonly #parts: CashParts;
  #turn: Promise<void> = Promise.resolve();
  readonly #deafen: () => void;

  constructor(taking: Taking, parts: CashParts) {
    this.#taking = taking;
    this.#parts = parts;
    this.#deafen = parts.machine.listen((message) => this.#inTurn(() => this.#hear(message)));
    this.#open();
  }

  /** The payer agrees that what is over becomes his credit. */
  keep(note: string): void {
    this.#inTurn(() => this.#keep(note));
  }

  giveBack(note: string): void {
    this.#parts.ask(undefined);
    this.#parts.machine.send({ type: 'return', session: this.#taking.reference, note });
  }

  stop(): void {
    this.#parts.ask(undefined);
    this.#parts.machine.send({ type: 'stop', session: this.#taking.reference });
  }

  leave(): void {
    this.#deafen();
  }

  #open(): void {
    const { reference, total } = this.#taking;
    const missing = missingOf(this.#taking);
    if (missing === 0n) return this.stop();
    const most = textOf(missing, total.currency).value;
    this.#parts.machine.send({ type: 'accept', session: reference, currency: total.currency, most });
  }

  async #hear(message: FromMachine): Promise<void> {
    if (message.type === 'fault') return this.#parts.failed(message.reason);
    if (message.type === 'ready' || message.session !== this.#taking.reference) return;
    switch (message.type) {
      case 'escrow': {
        const { note, value } = message;
        await this.#write(withNote(this.#taking, { note, value, state: 'held' }));
        const { currency } = this.#taking.total;
        if (minorOf({ value, currency }) <= missingOf(this.#taking)) await this.#keep(note);
        else this.#parts.ask({ note, value });
        return;
      }
      case 'stacked': {
        const { note, value } = message;
        await this.#write(withNote(this.#taking, { note, value, state: 'stacked' }));
        if (missingOf(this.#taking) === 0n) this.stop();
        return;
      }
      case 'returned':
        return this.#mark(message.note, 'returned');
      case 'stopped':
        this.leave();
        return this.#parts.stopped(this.#taking);
    }
  }

  async #keep(note: string): Promise<void> {
    this.#parts.ask(undefined);
    await this.#mark(note, 'stacking');
    this.#parts.machine.send({ type: 'stack', session: this.#taking.reference, note });
  }

  async #mark(note: string, state: 'stacking' | 'returned'): Promise<void> {
    const known = this.#taking.notes.find((each) => each.note === note);
    if (known !== undefined) await this.#write(withNote(this.#taking, { ...known, state }));
  }

  async #write(taking: Taking): Promise<void> {
    await this.#parts.book.put(taking);
    this.#taking = taking;
    this.#parts.changed(taking);
  }

  #inTurn(act: () => Promise<void> | void): void {
    this.#turn = this.#turn.then(act).catch((error: unknown) => this.#parts.failed(String(error)));
  }
}
