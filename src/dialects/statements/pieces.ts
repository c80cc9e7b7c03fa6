// Bytes in pieces of one size, however they arrive: some milliseconds of work each, after which others have their turn,
// and what is decided by the first piece never depends on the network.

import { setImmediate } from 'node:timers/promises';

export const PIECE_BYTES = 64 * 1024;

/** Every piece has PIECE_BYTES, but for the last. */
export async function* inPieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let filled = 0;
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length;) {
      const copied = chunk.copy(piece, filled, at);
      at += copied;
      filled += copied;
      if (filled < PIECE_BYTES) continue;
      yield piece;
      await setImmediate();
      piece = Buffer.allocUnsafe(PIECE_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
