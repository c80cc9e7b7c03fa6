// `wasit call`: one request to a gateway as a client, signed by RFC 9421 as the client's own program would sign it,
// with everything shown: headers, signature base, answer. For learning the signature and for finding its faults.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import {
  addVerb,
  CommandRefused,
  readText,
  WrongUsage,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { signRequest, type SigningKey } from './credentials/index.ts';

export function registerCallCommand(program: Command, context: CommandContext): void {
  addVerb(program, {
    usage: 'call <method> <path> [body]',
    summary: 'sends a request as a client; the body is JSON or @file',
    options: (command) => {
      command
        .requiredOption('--as <client>', 'code of the channel or biller, or operator')
        .option('--key <file>', 'signing key; without it that of the demo’s client')
        .option('--bearer', 'with the demo’s bearer key instead of a signature')
        .option('--url <base>', 'of the gateway; without it that of the demo');
    },
    action: async ([method = '', target = '', body], options) => {
      const call = await callOf(context, method, target, body, options);
      const request = await authorize(context, call, options);
      const response = await send(request);
      const exitCode = response.status < 400 ? 0 : 1;
      return {
        data: { request: { ...request, headers: hideKey(request.headers) }, response },
        text: transcript(request, response),
        exitCode,
      };
    },
  });
}

interface Call {
  readonly method: string;
  readonly url: URL;
  readonly body: string | undefined;
}

interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signatureBase?: string;
}

interface Received {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

async function callOf(
  context: CommandContext,
  method: string,
  target: string,
  body: string | undefined,
  options: Options,
): Promise<Call> {
  if (!target.startsWith('/'))
    throw new WrongUsage(`the path starts with a slash, such as /v1/inquiries, not ${target}`);
  const base = typeof options['url'] === 'string' ? options['url'] : (await context.embedded())?.baseUrl;
  if (base === undefined)
    throw new CommandRefused('no gateway is known: start one with npm start, or name it with --url');
  if (!URL.canParse(target, base)) throw new WrongUsage(`${base} is no address of a gateway`);
  return {
    method: method.toUpperCase(),
    url: new URL(target, base),
    body: body === undefined ? undefined : await readText(body),
  };
}

async function authorize(
  context: CommandContext,
  { method, url, body }: Call,
  options: Options,
): Promise<SentRequest> {
  const client = String(options['as']);
  const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  if (options['bearer'] === true) {
    const key = (await context.embedded())?.bearerOf(client);
    if (key === undefined) throw new CommandRefused(`demo.json has no key of ${client}`);
    return { method, url: url.href, headers: { ...headers, authorization: `Bearer ${key}` }, body };
  }
  const key = await readKey(context, client, options['key']);
  const signed = signRequest({ method, url, headers, body, ...key });
  return { method, url: url.href, headers: signed.headers, body, signatureBase: signed.signatureBase };
}

/** A file as `key add --out` and the demo write them. */
async function readKey(
  context: CommandContext,
  client: string,
  file: unknown,
): Promise<SigningKey & { readonly keyId: string }> {
  const name =
    typeof file === 'string' ? file : path.join(context.dataDir, 'keys', `${client}.hmac-sha256.json`);
  const text = await fs.readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandRefused(
      `the signing key of ${client} cannot be read (${error.message}); make one: wasit key add ${client} --algorithm hmac-sha256 --out FILE`,
    );
  });
  const { keyId, algorithm, secret, privateKey } = JSON.parse(text) as Record<string, string | undefined>;
  if (keyId !== undefined && algorithm === 'hmac-sha256' && secret !== undefined)
    return { keyId, algorithm, secret };
  if (keyId !== undefined && algorithm === 'ed25519' && privateKey !== undefined)
    return { keyId, algorithm, privateKey };
  throw new CommandRefused(
    `${name} holds no signing key: it needs keyId, algorithm and secret or privateKey`,
  );
}

async function send({ method, url, headers, body }: SentRequest): Promise<Received> {
  const response = await fetch(url, {
    method,
    headers,
    ...(body !== undefined && { body }),
    redirect: 'manual',
  }).catch((error: unknown) => {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new CommandRefused(`${url} cannot be reached: ${cause}`);
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    statusText: response.statusText,
    headers: Object.fromEntries(response.headers),
    body: isJson && text !== '' ? (JSON.parse(text) as unknown) : text,
  };
}

function transcript(request: SentRequest, response: Received): string {
  const { pathname, search, host } = new URL(request.url);
  const lines = [
    `> ${request.method} ${pathname}${search}`,
    `> host: ${host}`,
    ...headerLines('>', hideKey(request.headers)),
  ];
  if (request.body !== undefined)
    lines.push(
      '>',
      ...request.body
        .trimEnd()
        .split('\n')
        .map((line) => `> ${line}`),
    );
  if (request.signatureBase !== undefined) lines.push('', 'signature base:', request.signatureBase);
  lines.push('', `< ${response.status} ${response.statusText}`, ...headerLines('<', response.headers), '');
  lines.push(typeof response.body === 'string' ? response.body : JSON.stringify(response.body, null, 2));
  return lines.join('\n');
}

function headerLines(mark: string, headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `${mark} ${name}: ${value}`);
}

/** What is shown is pasted into tickets: a bearer key is not. */
function hideKey(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization, ...rest } = headers;
  return authorization === undefined ? rest : { ...rest, authorization: `${authorization.slice(0, 14)}…` };
}
