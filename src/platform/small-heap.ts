// Keeps the heap of a process that carries much through it small. What a worker carries lives a little too long for the
// nursery of V8, which lets four times what lives gather in the old generation before it cleans it.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The heap may grow by so much beyond what lives in it before it is cleaned. */
const GROWS_BY_PERCENT = 50;

/** Counts from the next cleaning on, so that one is done at once: some 30 ms. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWS_BY_PERCENT}`);
  setFlagsFromString('--expose-gc');
  const clean = runInNewContext('gc') as () => void;
  clean();
}
