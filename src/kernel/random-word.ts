// Cryptographic random bits at the price of an array read: one call to the operating system fills a pool.
// Each word is handed out once.

import { randomFillSync } from 'node:crypto';

/** A source of 32 random bits as a number from 0 to 2^32 - 1. Seeded ones are for generated data and tests. */
export type RandomWord = () => number;

const pool = new Uint32Array(2048);
let used = pool.length;

export const randomWord: RandomWord = () => {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const word = pool[used] ?? 0;
  pool[used] = 0;
  used += 1;
  return word;
};
