// How an order is called at the bank, whatever its kind: by answers and statements it is known again.

import { showId, type Uuid } from '../kernel/ids.ts';

export function messageIdOf(fileId: Uuid): string {
  return `WST${showId('ord', fileId).slice(4).toUpperCase()}`;
}

/** An order of ours has one payment block, which is called so. */
export function paymentIdOf(messageId: string): string {
  return `${messageId}-1`;
}
