// The sign-in provider of a test, and a browser that signs in at it.
import { setTimeout as pause } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Test } from 'tap';
import { freePort } from '../../src/platform/embedded/index.ts';
import { nodeArguments } from './node-arguments.ts';

const program = path.join(
  fileURLToPath(new URL('../..', import.meta.url)),
  'test/support/run-oidc-provider.ts',
);

export interface TestProvider {
  readonly settings: Record<string, string>;
  start(): Promise<void>;
}

/** Not started yet. `baseUrl`: of the gateway, as people's browsers know it. */
export async function testProvider(t: Pick<Test, 'teardown'>, baseUrl: string): Promise<TestProvider> {
  const port = await freePort();
  const redirectUri = `${baseUrl}/v1/sign-in/oidc/callback`;
  const settings = {
    WASIT_OIDC_ISSUER: `http://127.0.0.1:${port}`,
    WASIT_OIDC_CLIENT_ID: 'wasit',
    WASIT_OIDC_CLIENT_SECRET: 'a secret of the test',
    WASIT_OIDC_REDIRECT: baseUrl,
  };
  const start = async (): Promise<void> => {
    const args = ['wasit', settings.WASIT_OIDC_CLIENT_SECRET, redirectUri, String(port)];
    const child = spawn(process.execPath, [...nodeArguments(program), ...args], {
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    t.teardown(async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    });
    if (child.stdout === null) throw new Error('the provider has no output');
    await once(child.stdout, 'data');
  };
  return { settings, start };
}

export interface Seen {
  readonly status: number;
  readonly location: string;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

/** Keeps cookies by host, as a browser does, and follows nothing by itself. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  async open(url: string, headers: Record<string, string> = { accept: 'text/html' }): Promise<Seen> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    // One address may begin ten sign-ins a second; a person who is told so waits.
    const ask = (): Promise<Response> => fetch(url, { headers: { cookie, ...headers }, redirect: 'manual' });
    let response = await ask();
    while (response.status === 429) {
      await pause(1000);
      response = await ask();
    }
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    const location = response.headers.get('location') ?? '';
    const text = await response.text();
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    const { status } = response;
    return { status, location: location && new URL(location, url).href, body, headers: response.headers };
  }

  /** From the gateway to the provider, through its page, up to the address that leads back. */
  async signIn(start: string, answer: string): Promise<string> {
    const asked = await this.open(start);
    const page = await this.open(asked.location);
    const resumed = await this.open(`${page.location}?${answer}`);
    return (await this.open(resumed.location)).location;
  }
}
