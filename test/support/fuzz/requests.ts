// One request from chance: an operation, somebody who calls, and a body that fits or not. Half of what is made is
// sound, so that the other half meets a gateway that has bills, payments and files.
import { gzipSync } from 'node:zlib';
import { signRequest } from '../../../src/channels/credentials/index.ts';
import type { Operation } from './operations.ts';
import type { Pools } from './pools.ts';
import type { Random } from './random.ts';
import { nastyText, spoilBytes, spoilValue } from './spoil.ts';
import { makeValue, type Chance } from './values.ts';

/** Who may call: bearer keys by kind of client, and keys that sign. */
export interface Callers {
  readonly channels: readonly string[];
  readonly agencies: readonly string[];
  readonly operators: readonly string[];
  readonly signers: readonly { keyId: string; secret: string }[];
}

export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

export interface Maker {
  readonly random: Random;
  readonly pools: Pools;
  readonly operations: readonly Operation[];
  readonly callers: Callers;
  readonly baseUrl: string;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const TYPES = ['text/plain', 'application/json; charset=latin1', 'text/csv', 'application/x-ndjson', ';', ''];

export function makeRequest(maker: Maker): FuzzRequest {
  const { random, operations } = maker;
  // Those that change something are drawn more often: they have more to break.
  const changing = operations.filter(({ method }) => method !== 'GET');
  const operation = random.pick(random.chance(0.6) ? changing : operations);
  const chance: Chance = { random, pools: maker.pools, currency: undefined };
  const method = random.chance(0.03) ? random.pick(METHODS) : operation.method;
  const target = makeTarget(chance, operation);
  const headers: Record<string, string> = {};
  if (random.chance(0.1)) headers['accept-language'] = random.pick(['ar', 'fr;q=0.9, en', '*;q=zz', ',,,']);
  if (random.chance(0.3)) headers['accept'] = random.pick(['application/json', '*/*', 'x']);
  const body = method === 'GET' || method === 'HEAD' ? undefined : makeBody(chance, operation, headers);
  identify(maker, { method, target, headers, body });
  return { method, target, headers, body };
}

function makeTarget(chance: Chance, { path, parameters }: Operation): string {
  const { random } = chance;
  const text = (name: string, schema = {}): string =>
    random.chance(0.15) ? nastyText(random).slice(0, 2000) : String(makeValue(chance, schema, name));
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const { schema } = parameters.find((parameter) => parameter.name === name) ?? {};
    const encoded = inUrl(text(name, schema));
    return random.chance(0.03) ? random.pick(['%', '%ZZ', '%C0%AF', '%2e%2e%2f', `${encoded};x`]) : encoded;
  });
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && (parameter.required || random.chance(0.3)))
    .map(({ name, schema }) => `${name}=${inUrl(text(name, schema))}`);
  if (random.chance(0.05)) query.push(random.pick(['unheardOf=1', 'limit=1', 'a[]=1', '%', '__proto__=1']));
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

/** Halves of surrogate pairs, which have no bytes, become the replacement character. */
function inUrl(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

function makeBody(
  chance: Chance,
  { bodies }: Operation,
  headers: Record<string, string>,
): Buffer | undefined {
  const { random } = chance;
  const types = Object.keys(bodies);
  if (types.length === 0) return random.chance(0.1) ? Buffer.from('{}') : undefined;
  const type = random.pick(types);
  headers['content-type'] = random.chance(0.03) ? random.pick(TYPES) : type;
  const { schema = {}, example } = bodies[type] ?? {};
  let bytes: Buffer;
  if (schema.type === 'string') bytes = makeFile(chance, typeof example === 'string' ? example : '');
  else {
    const made = makeValue(chance, schema, 'body');
    const json = JSON.stringify(random.chance(0.45) ? spoilValue(random, made) : made);
    bytes = Buffer.from(json);
  }
  if (random.chance(0.08)) bytes = spoilBytes(random, bytes);
  if (random.chance(0.05)) {
    headers['content-encoding'] = random.pick(['gzip', 'gzip', 'deflate', 'identity']);
    if (random.chance(0.6)) bytes = gzipSync(bytes);
    if (random.chance(0.2)) bytes = bytes.subarray(0, bytes.length >> 1);
  }
  return bytes;
}

/** The example of a file with other bills in it, some lines broken. */
function makeFile({ random }: Chance, example: string): Buffer {
  const [first = '', second = ''] = example.trimEnd().split('\n');
  const header = second === '' ? [] : [first];
  const line = second === '' ? first : second;
  const lines = Array.from({ length: random.below(6) }, () =>
    random.chance(0.3)
      ? line.replace(/[^,"{}:]{3,}/, nastyText(random))
      : line.replace('OM-2026-000417', `N${random.below(500)}`),
  );
  return Buffer.from([...header, ...lines].join('\n'));
}

function identify({ random, callers, baseUrl }: Maker, request: FuzzRequest): void {
  const { headers, body, method, target } = request;
  const way = random.fraction();
  const anybody = [...callers.channels, ...callers.agencies, ...callers.operators];
  const fittingFor = (path: string): readonly string[] =>
    /^\/v1\/(bills|bill-files|pay-codes)/.test(path) ? callers.agencies : callers.channels;
  if (way < 0.6) headers['authorization'] = `Bearer ${random.pick(fittingFor(target))}`;
  else if (way < 0.78) headers['authorization'] = `Bearer ${random.pick(anybody)}`;
  else if (way < 0.92) Object.assign(headers, sign());
  else if (way < 0.97) headers['authorization'] = random.pick(['Bearer', 'Bearer wsk_x', 'Basic YTpi', '']);

  function sign(): Record<string, string> {
    const key = random.pick(callers.signers);
    const created = Math.floor(Date.now() / 1000) - (random.chance(0.1) ? 4000 : 0);
    const url = URL.canParse(baseUrl + target) ? baseUrl + target : baseUrl;
    const signed = signRequest({ method, url, body, created, algorithm: 'hmac-sha256', ...key }).headers;
    if (!random.chance(0.3)) return signed;
    const broken = random.pick(['signature', 'signature-input', 'content-digest']);
    return { ...signed, [broken]: (signed[broken] ?? '').slice(random.below(20)) };
  }
}
