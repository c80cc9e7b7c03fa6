// A page's side of the API: it signs in for a cookie, sends that back as a browser does, and says of itself that it is a page.
import { PASSWORD } from './staff.ts';

export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Of the problem; undefined: there is none. */
  readonly code: string | undefined;
  readonly body: Record<string, unknown>;
}

/** What a browser keeps and sends for one origin. */
export class Page {
  readonly #baseUrl: string;
  cookie: string | undefined;

  constructor(baseUrl: string, cookie?: string) {
    this.#baseUrl = baseUrl;
    this.cookie = cookie;
  }

  signIn(login: string, password = PASSWORD, more: object = {}): Promise<PageAnswer> {
    return this.send('POST', '/v1/sessions', { login, password, cookie: true, ...more });
  }

  async send(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = { 'x-wasit-page': '1' },
  ): Promise<PageAnswer> {
    const response = await fetch(new URL(path, this.#baseUrl), {
      method,
      headers: {
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
    this.#keep(response.headers);
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
    const parsed = isJson && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : {};
    const code = typeof parsed['code'] === 'string' ? parsed['code'] : undefined;
    return { status: response.status, headers: response.headers, code, body: parsed };
  }

  #keep(headers: Headers): void {
    for (const set of headers.getSetCookie()) {
      const [pair = ''] = set.split(';', 1);
      if (pair.startsWith('wasit_session=')) this.cookie = /Max-Age=0/i.test(set) ? undefined : pair;
    }
  }
}
