// Writes down a day as it happens: plain words, and each request with its answer as they went over HTTP. An answer
// other than the one foretold ends the story at once, so what is written is true.

import fs from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import path from 'node:path';
import type { DemoFile } from './demo-file.ts';
import { layOutJson } from './lay-out-json.ts';
import { waitFor } from './wait-for.ts';

export interface Call {
  /** A client with its key, or a person who has signed in; undefined: anybody, without either. */
  readonly as?: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  /** A body that is a file. */
  readonly file?: { readonly type: string; readonly text: string };
  /** The status that the story needs. */
  readonly expect: number;
}

export interface Told {
  readonly body: Record<string, unknown>;
  /** As it came, to compare byte for byte. */
  readonly text: string;
}

type Parties = Pick<DemoFile, 'baseUrl' | 'clients' | 'staff'>;

interface Answer extends Told {
  readonly response: Response;
}

/** Told beside the answer where they say something; the others are the same every time. */
const TELLING_HEADERS = ['idempotent-replayed', 'current-status', 'content-type', 'content-disposition'];
const USUAL_TYPES = /^application\/(problem\+)?json/;
const NOT_READY = 503;
const TIMEOUT_MS = 15_000;

export class Scribe {
  readonly #demo: Parties;
  readonly #parts: string[] = [];
  readonly #sessions = new Map<string, string>();

  constructor(demo: Parties) {
    this.#demo = demo;
  }

  /** Paragraphs; the lines of one are joined, so that sources may be broken where they fit. */
  write(...paragraphs: string[]): void {
    this.#parts.push(...paragraphs);
  }

  quote(text: string, kind = 'text'): void {
    this.#parts.push(`\`\`\`${kind}\n${text.trimEnd()}\n\`\`\``);
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
    return this.#tell(call, await this.#ask(call));
  }

  /** As `call`, without a word in the story. */
  async look(call: Call): Promise<Told['body']> {
    return (await this.#ask(call)).body;
  }

  /** Asks until the answer is the one that the story waits for, and tells that one. */
  async await(call: Call, isThere: (body: Told['body']) => boolean, withinMs: number): Promise<Told> {
    const ask = async (): Promise<Answer | undefined> => {
      const answer = await this.#ask(call);
      return isThere(answer.body) ? answer : undefined;
    };
    const complaint = `the story stops: ${call.path} does not come to what was foretold; is a worker running?`;
    return this.#tell(call, await waitFor(withinMs, ask, complaint));
  }

  /** A person of the demo: what he calls afterwards goes with his session. */
  async signIn(login: string): Promise<void> {
    const person = this.#demo.staff.find((each) => each.login === login);
    if (person === undefined) throw new Error(`demo.json has nobody called ${login}`);
    const call = { method: 'POST', path: '/v1/sessions', body: person, expect: 201 } as const;
    const { response, body, text } = await this.#ask({
      ...call,
      body: { login, password: person.password },
    });
    this.#sessions.set(login, String(body['token']));
    this.#tell(
      { ...call, body: { login, password: `<password of ${login}>` } },
      { response, body: { ...body, token: `<session of ${login}>` }, text },
    );
  }

  /** Waits for a file that is being made and keeps it under the name that it comes with; gives where. */
  async download(as: string, url: string, folder: string, withinMs: number): Promise<string> {
    const call = { as, method: 'GET', path: url, expect: 200 } as const;
    const ask = async (): Promise<Response | undefined> => {
      const response = await this.#send(call);
      return response.status === NOT_READY ? undefined : this.#expect(call, response);
    };
    const response = await waitFor(withinMs, ask, `the story stops: ${url} is not made in time`);
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
    if (name === undefined) throw new Error(`the story stops: ${url} came without a name`);
    const file = path.join(folder, path.basename(name));
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(file, Buffer.from(await response.arrayBuffer()));
    this.#parts.push(this.#told(call, response));
    return file;
  }

  async #ask(call: Call): Promise<Answer> {
    const response = await this.#expect(call, await this.#send(call));
    const text = await response.text();
    return { response, body: JSON.parse(text) as Told['body'], text };
  }

  #send(call: Call): Promise<Response> {
    return fetch(this.#demo.baseUrl + call.path, {
      method: call.method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/json',
        'accept-language': 'en',
        ...(call.as !== undefined && { authorization: `Bearer ${this.#keyOf(call.as)}` }),
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.file !== undefined && { 'content-type': call.file.type }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      ...(call.file !== undefined && { body: call.file.text }),
    });
  }

  async #expect({ method, path: url, expect }: Call, response: Response): Promise<Response> {
    if (response.status === expect) return response;
    throw new Error(
      `the story stops: ${method} ${url} was answered ${response.status}, not ${expect}: ${await response.text()}`,
    );
  }

  #tell(call: Call, { response, body, text }: Answer): Told {
    this.#parts.push(this.#told(call, response, body));
    return { body, text };
  }

  /** Without `answer` the body is a file's, and not shown. */
  #told({ as, method, path: url, body, file }: Call, response: Response, answer?: object): string {
    const proof = as !== undefined && this.#sessions.has(as) ? 'session' : 'key';
    const request = [
      `${method} ${url}`,
      ...(as === undefined ? [] : [`Authorization: Bearer <${proof} of ${as}>`]),
      ...(file === undefined ? [] : [`Content-Type: ${file.type}`, '', file.text.trimEnd()]),
      ...(body === undefined ? [] : ['', layOutJson(body)]),
    ];
    const headers = TELLING_HEADERS.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null || USUAL_TYPES.test(value) ? [] : [`${name}: ${value}`];
    });
    const status = `${response.status} ${STATUS_CODES[response.status] ?? ''}`;
    const shown = answer === undefined ? [] : ['', layOutJson(answer)];
    return [block(request), block([status, ...headers, ...shown])].join('\n\n');
  }

  #keyOf(name: string): string {
    const key = this.#sessions.get(name) ?? this.#demo.clients[name]?.key;
    if (key === undefined) throw new Error(`demo.json has no client ${name}`);
    return key;
  }
}

function block(lines: readonly string[]): string {
  return `\`\`\`http\n${lines.join('\n')}\n\`\`\``;
}
