// Writes down a day as it happens: plain words, and each request with its answer as they went over HTTP. An answer
// other than the one foretold ends the story at once, so what is written is true.

import { STATUS_CODES } from 'node:http';
import type { DemoFile } from './demo-file.ts';
import { layOutJson } from './lay-out-json.ts';

export interface Call {
  /** Whose key is shown; undefined: anybody, without one. */
  readonly as?: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  /** The status that the story needs. */
  readonly expect: number;
}

export interface Told {
  readonly body: Record<string, unknown>;
  /** As it came, to compare byte for byte. */
  readonly text: string;
}

/** Told beside the answer where they say something; the others are the same every time. */
const TELLING_HEADERS = ['idempotent-replayed', 'current-status'];
const TIMEOUT_MS = 15_000;

export class Scribe {
  readonly #demo: Pick<DemoFile, 'baseUrl' | 'clients'>;
  readonly #parts: string[] = [];

  constructor(demo: Pick<DemoFile, 'baseUrl' | 'clients'>) {
    this.#demo = demo;
  }

  /** Paragraphs; the lines of one are joined, so that sources may be broken where they fit. */
  write(...paragraphs: string[]): void {
    this.#parts.push(...paragraphs);
  }

  quote(text: string): void {
    this.#parts.push(`\`\`\`text\n${text}\n\`\`\``);
  }

  /** A request to somebody else's system, and the answer. */
  show(request: string, answer: object): void {
    this.#parts.push(block([request]), block(['200 OK', '', layOutJson(answer)]));
  }

  get text(): string {
    return `${this.#parts.join('\n\n')}\n`;
  }

  /** Throws when the answer is not the one that the story foretells. */
  async call(call: Call): Promise<Told> {
    const response = await fetch(this.#demo.baseUrl + call.path, {
      method: call.method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/json',
        'accept-language': 'en',
        ...(call.as !== undefined && { authorization: `Bearer ${this.#keyOf(call.as)}` }),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    });
    const text = await response.text();
    if (response.status !== call.expect) {
      throw new Error(
        `the story stops: ${call.method} ${call.path} was answered ${response.status}, not ${call.expect}: ${text}`,
      );
    }
    const body = JSON.parse(text) as Record<string, unknown>;
    this.#parts.push(tellCall(call, response, body));
    return { body, text };
  }

  #keyOf(client: string): string {
    const key = this.#demo.clients[client]?.key;
    if (key === undefined) throw new Error(`demo.json has no client ${client}`);
    return key;
  }
}

function tellCall({ as, method, path, body }: Call, response: Response, answer: unknown): string {
  const request = [
    `${method} ${path}`,
    ...(as === undefined ? [] : [`Authorization: Bearer <key of ${as}>`]),
    ...(body === undefined ? [] : ['', layOutJson(body)]),
  ];
  const headers = TELLING_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [`${name}: ${value}`];
  });
  const status = `${response.status} ${STATUS_CODES[response.status] ?? ''}`;
  return [block(request), block([status, ...headers, '', layOutJson(answer)])].join('\n\n');
}

function block(lines: readonly string[]): string {
  return `\`\`\`http\n${lines.join('\n')}\n\`\`\``;
}
