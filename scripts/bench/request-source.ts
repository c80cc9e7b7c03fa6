// Makes the bytes of requests as cheaply as possible: buffers per connection in which only digits are patched,
// or, for signed requests, all of them made and signed in advance.

import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { signRequest } from '../../src/channels/credentials/index.ts';
import type { LoadPlan, NumberPlan, RequestPlan, SignaturePlan } from './load-plan.ts';

const BILL_DIGITS = 9;
const TERMINAL_DIGITS = 3;
const SEQUENCE_DIGITS = 9;
const TERMINALS = 997;

export interface RequestSource {
  /** The next request for a connection; undefined when there are no more. Valid until that connection's next call. */
  next(slot: number): Buffer | undefined;
  /** Does the answer speak of what the connection asked last? */
  fits(slot: number, answer: string): boolean;
  readonly sent: number;
  /** There are no more. */
  readonly isEmpty: boolean;
}

export function requestSource(plan: LoadPlan): RequestSource {
  const { auth } = plan.request;
  return auth === undefined || auth.kind === 'bearer'
    ? new PatchedRequests(plan)
    : new SignedRequests(plan, auth);
}

/** Index of the bill that request `k` asks for. */
export function billOf(k: number, { billers, count, spread, stride }: NumberPlan): number {
  return Number((BigInt(Math.floor(k / billers)) * BigInt(spread)) % BigInt(count)) * stride;
}

interface Template {
  readonly text: string;
  readonly billAt: number;
  readonly refAt: number;
}

interface Asked extends Template {
  readonly buffer: Buffer;
}

class PatchedRequests implements RequestSource {
  readonly #numbers: NumberPlan;
  readonly #templates: readonly Template[];
  /** By connection and template. */
  readonly #buffers: Asked[][];
  readonly #asked: (Asked | undefined)[] = [];
  #bill: number;
  sent = 0;

  constructor({ port, connections, request, numbers }: LoadPlan) {
    this.#numbers = numbers;
    this.#templates = request.bodies.map((body) => placeholders(plainRequest(port, request, body)));
    this.#buffers = Array.from({ length: connections }, () => []);
    this.#bill = billOf(numbers.first, { ...numbers, stride: 1 });
  }

  get isEmpty(): boolean {
    return this.sent >= this.#numbers.limit;
  }

  next(slot: number): Buffer | undefined {
    const { billers, first, count, spread, stride } = this.#numbers;
    if (this.isEmpty) return undefined;
    const k = first + this.sent++;
    const asked = this.#take(slot, k % this.#templates.length);
    if (asked === undefined) return undefined;
    const { buffer, billAt, refAt } = asked;
    if (billAt >= 0) writeDigits(buffer, billAt, BILL_DIGITS, this.#bill * stride);
    if (refAt >= 0) {
      writeDigits(buffer, refAt, TERMINAL_DIGITS, k % TERMINALS);
      writeDigits(buffer, refAt + TERMINAL_DIGITS + 1, SEQUENCE_DIGITS, k);
    }
    if ((k + 1) % billers === 0) this.#bill = (this.#bill + spread) % count;
    return buffer;
  }

  #take(slot: number, template: number): Asked | undefined {
    const buffers = this.#buffers[slot];
    const made = this.#templates[template];
    if (buffers === undefined || made === undefined) return undefined;
    const asked = (buffers[template] ??= { ...made, buffer: Buffer.from(made.text, 'latin1') });
    this.#asked[slot] = asked;
    return asked;
  }

  fits(slot: number, answer: string): boolean {
    const asked = this.#asked[slot];
    if (asked === undefined) return false;
    const { buffer, billAt, refAt } = asked;
    const speaksOf = (at: number, length: number) =>
      at < 0 || answer.includes(buffer.toString('latin1', at, at + length));
    return speaksOf(billAt, BILL_DIGITS) && speaksOf(refAt, TERMINAL_DIGITS + 1 + SEQUENCE_DIGITS);
  }
}

class SignedRequests implements RequestSource {
  readonly #requests: Buffer[] = [];
  readonly #references: string[] = [];
  readonly #asked: string[] = [];
  sent = 0;

  constructor({ port, request, numbers }: LoadPlan, auth: SignaturePlan) {
    const key = signingKey(auth);
    for (let k = numbers.first; k < numbers.first + numbers.limit; k++) {
      const reference = referenceOf(k);
      const body = (request.bodies[k % request.bodies.length] ?? '')
        .replace('{bill}', digits(billOf(k, numbers), BILL_DIGITS))
        .replace('{ref}', reference);
      const url = `http://127.0.0.1:${port}${request.path}`;
      const { headers } = signRequest({ method: request.method, url, body, keyId: auth.keyId, ...key });
      this.#requests.push(Buffer.from(requestText(port, request, headers, body), 'latin1'));
      this.#references.push(reference);
    }
  }

  get isEmpty(): boolean {
    return this.sent >= this.#requests.length;
  }

  next(slot: number): Buffer | undefined {
    this.#asked[slot] = this.#references[this.sent] ?? '';
    const request = this.#requests[this.sent];
    if (request !== undefined) this.sent++;
    return request;
  }

  fits(slot: number, answer: string): boolean {
    return answer.includes(this.#asked[slot] ?? '?');
  }
}

function signingKey(
  auth: SignaturePlan,
): { algorithm: 'hmac-sha256'; secret: KeyObject } | { algorithm: 'ed25519'; privateKey: KeyObject } {
  if (auth.kind === 'hmac-sha256')
    return { algorithm: auth.kind, secret: createSecretKey(auth.secret, 'base64') };
  return { algorithm: auth.kind, privateKey: createPrivateKey(auth.secret) };
}

function plainRequest(port: number, request: RequestPlan, template: string): string {
  const body = template.replace('{bill}', digits(0, BILL_DIGITS)).replace('{ref}', referenceOf(0));
  const headers: Record<string, string> =
    request.auth?.kind === 'bearer' ? { authorization: `Bearer ${request.auth.key}` } : {};
  const head = requestText(port, request, headers, '').replace(
    'content-length: 0',
    `content-length: ${body.length}`,
  );
  return head + template;
}

function requestText(
  port: number,
  { method, path }: RequestPlan,
  headers: Record<string, string>,
  body: string,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n${lines.join('')}\r\n${body}`;
}

/** Replaces the markers by zeros and says where they were; -1 for a marker that is not there. */
function placeholders(template: string): Template {
  const marks = [
    { mark: '{bill}', fill: digits(0, BILL_DIGITS) },
    { mark: '{ref}', fill: referenceOf(0) },
  ];
  let text = template;
  for (const { mark, fill } of marks) text = text.replace(mark, fill);
  const at = (mark: string): number => {
    const position = template.indexOf(mark);
    if (position < 0) return -1;
    const grown = marks.filter(
      (other) =>
        other.mark !== mark && template.indexOf(other.mark) >= 0 && template.indexOf(other.mark) < position,
    );
    return position + grown.reduce((sum, other) => sum + other.fill.length - other.mark.length, 0);
  };
  return { text, billAt: at('{bill}'), refAt: at('{ref}') };
}

/** A channel has many terminals that count for themselves: new keys come at as many places of the index. */
function referenceOf(k: number): string {
  return `${digits(k % TERMINALS, TERMINAL_DIGITS)}.${digits(k, SEQUENCE_DIGITS)}`;
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function writeDigits(buffer: Buffer, at: number, length: number, value: number): void {
  let rest = value;
  for (let i = at + length - 1; i >= at; i--) {
    const tenth = Math.floor(rest / 10);
    buffer[i] = 48 + rest - tenth * 10;
    rest = tenth;
  }
}
