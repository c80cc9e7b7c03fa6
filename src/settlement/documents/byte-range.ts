// Which bytes a `range` header asks for (RFC 9110 §14). One range is served; a list of them, or words that are no
// bytes, is answered as if the header were not there, as the standard lets a server do.

export interface ByteRange {
  readonly from: number;
  /** Included. */
  readonly to: number;
}

/** undefined: the whole; 'unsatisfiable': there are no such bytes. */
export function byteRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match =
    header === undefined ? null : /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/i.exec(header.trim());
  if (match === null) return undefined;
  const [, first, last, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), size);
    return length === 0 ? 'unsatisfiable' : { from: size - length, to: size - 1 };
  }
  const from = Number(first);
  const to = last === '' || last === undefined ? size - 1 : Math.min(Number(last), size - 1);
  if (last !== '' && last !== undefined && Number(last) < from) return undefined;
  return from >= size ? 'unsatisfiable' : { from, to };
}

/** Does one of the entity tags of `if-none-match` name this one? Weakly compared (RFC 9110 §13.1.2). */
export function isNamed(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** Does the client take gzip (RFC 9110 §12.5.3)? A weight of nothing is a no. */
export function takesGzip(header: string | undefined): boolean {
  for (const part of (header ?? '').toLowerCase().split(',')) {
    const [coding, ...parameters] = part.split(';').map((word) => word.trim());
    if (coding !== 'gzip' && coding !== 'x-gzip') continue;
    return !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  }
  return false;
}
