// After any stop, of the page or of the power: what the book says and what the machine remembers are brought together, and
// whoever was paying is gone on with.

import type { Book } from './book.ts';
import { greet, type Machine } from './machine.ts';
import { closeCash, takenOf, withNote, type Taking } from './taking.ts';

export interface Recovered {
  /** The machine answers, and may print by itself. */
  readonly machine: { readonly prints: boolean } | undefined;
  /** Somebody's payment that is not told to its end. */
  readonly taking: Taking | undefined;
}

export async function recover(
  book: Book,
  machine: Machine | undefined,
  { outletId, now }: { outletId: string; now: string },
): Promise<Recovered> {
  const ready = machine && (await greet(machine));
  const session = ready?.session ?? null;
  let open: Taking | undefined;
  for (const taking of await book.takings()) {
    if (taking.step !== 'cash') continue;
    const known = taking.reference === session ? (ready?.notes ?? []) : [];
    const whole = known.reduce<Taking>(
      (sum, { note, value }) => withNote(sum, { note, value, state: 'stacked' }),
      taking,
    );
    if (takenOf(whole) === 0n) await book.strike(taking.reference);
    else if (ready === undefined) await book.put(closeCash(whole, outletId, now) ?? whole);
    else {
      await book.put(whole);
      open = whole;
    }
  }
  if (session !== null && session !== open?.reference) machine?.send({ type: 'end', session });
  const untold = (await book.takings()).find(({ step, isTold }) => step !== 'cash' && !isTold);
  return {
    machine: ready && { prints: ready.prints === true },
    taking: open ?? untold,
  };
}
