// The signature base of RFC 9421 §2.5: the text that is signed, one line for each covered component.
// Values are taken as they stand on the wire (no decoding, no re-encoding of path or query), so that the
// sender and the gateway build the same text from the same bytes.

import type { Parsed } from './signature-input.ts';

export interface HttpRequest {
  /** As sent, in upper case. */
  readonly method: string;
  /** The Host header. */
  readonly authority: string;
  /** The part of the target before "?", percent-encoded as sent. */
  readonly path: string;
  /** The part of the target after "?", percent-encoded as sent; empty when there is none. */
  readonly query: string;
  /** Names in lower case, as node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes of the body before any decoding. */
  readonly body?: Buffer | undefined;
  /** There is a body, too large to hold: the route that reads it compares its digest with content-digest. */
  readonly isStreamed?: boolean;
}

// Anything but visible ASCII, space and tab: a line break in a value would forge a line of the base.
const NOT_PLAIN = /[^\x20-\x7e\t]/;

/** Path and query of a request target, such as `/v1/payments?after=x`. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: '' }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/**
 * The signature base for these components and this value of `@signature-params`.
 * Refuses a component that the request has not, that Wasit does not know, or whose value is not plain ASCII.
 */
export function signatureBase(
  request: HttpRequest,
  components: readonly string[],
  params: string,
): Parsed<string> {
  let base = '';
  for (const name of components) {
    const value = componentValue(request, name);
    if (value === undefined) return { ok: false, reason: missing(name) };
    if (NOT_PLAIN.test(value)) {
      return {
        ok: false,
        reason: `the value of "${name}" must be plain ASCII on one line; percent-encode the rest`,
      };
    }
    base += `"${name}": ${value}\n`;
  }
  return { ok: true, value: `${base}"@signature-params": ${params}` };
}

function componentValue(request: HttpRequest, name: string): string | undefined {
  switch (name) {
    case '@method':
      return request.method;
    case '@authority':
      return request.authority.toLowerCase();
    case '@path':
      return request.path === '' ? '/' : request.path;
    case '@query':
      return `?${request.query}`;
  }
  return headerValue(request.headers, name);
}

/** A header field's value as RFC 9421 §2.1 combines it: each line trimmed, joined by a comma and a space. */
export function headerValue(headers: HttpRequest['headers'], name: string): string | undefined {
  const value = headers[name];
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.map((line: string) => line.trim()).join(', ') : undefined;
}

function missing(name: string): string {
  return name.startsWith('@')
    ? `the component "${name}" is not supported; cover "@method" "@authority" "@path" "@query" and header fields`
    : `the component "${name}" is covered, but the request has no such header`;
}
