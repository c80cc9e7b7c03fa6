// A document in pieces: what it says comes part by part and leaves as buffers of some 64 KiB, so that a file of ten
// thousand orders is never held as one text.

const PIECE = 64 * 1024;

/** `namespace`: of the message, after the part that all of ISO 20022 have in common, such as `pain.008.001.08`. */
export function* documentPieces(namespace: string, parts: Iterable<string>): Generator<Buffer, void> {
  const uri = `urn:iso:std:iso:20022:tech:xsd:${namespace}`;
  let piece = `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="${uri}">`;
  for (const part of parts) {
    piece += part;
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece, 'utf8');
    piece = '';
  }
  yield Buffer.from(`${piece}</Document>\n`, 'utf8');
}
