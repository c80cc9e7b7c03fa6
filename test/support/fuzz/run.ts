// Sends requests of chance, a few at a time, and judges every answer. The same seed on the same world sends the same
// requests, but for the names that the gateway made up in between.
import http from 'node:http';
import { addKey } from '../../../src/channels/index.ts';
import { ACTOR, addBills, addManyBills, BILLERS, done, MASTER_KEY, type World } from '../world.ts';
import { faultOf, type FuzzAnswer } from './judge.ts';
import { readOperations } from './operations.ts';
import { emptyPools, learn } from './pools.ts';
import { Random } from './random.ts';
import { makeRequest, type Callers, type FuzzRequest, type Maker } from './requests.ts';

export interface Finding {
  readonly what: string;
  readonly request: FuzzRequest;
  readonly answer: FuzzAnswer | undefined;
}

export interface Fuzzed {
  /** How often each status came, by its number; `none` where the connection broke. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly baseUrl: string;
  readonly seed: number;
  readonly requests: number;
  /** Called after every batch with how many were sent. */
  readonly onProgress?: (sent: number) => Promise<void> | void;
}

const AT_ONCE = 16;
const MOST_FINDINGS = 20;

/** Keys that sign besides those of the world, one of the operator's, and bills worth attacking. */
export async function prepareFuzz(world: World): Promise<Callers> {
  await addManyBills(world.db, 'om', 'N', 400, '10.000');
  await addManyBills(world.db, 'dz', 'N', 100, '25.00');
  await addBills(world.db, 'eg', [{ number: 'N0001', min: '5.00', max: '500.00', step: '5.00' }]);
  const signers: { keyId: string; secret: string }[] = [];
  for (const client of ['bank', 'agent', BILLERS.om.code]) {
    const algorithm = { algorithm: 'hmac-sha256' } as const;
    const { key, shownOnce } = done(await addKey(world.db, client, algorithm, MASTER_KEY, ACTOR));
    signers.push({ keyId: key.keyId, secret: shownOnce ?? '' });
  }
  const operator = done(await addKey(world.db, 'operator', { algorithm: 'bearer' }, MASTER_KEY, ACTOR));
  const agencyCodes: readonly string[] = Object.values(BILLERS).map(({ code }) => code);
  const keysOf = (areAgencies: boolean): string[] =>
    [...world.keys].filter(([code]) => agencyCodes.includes(code) === areAgencies).map(([, key]) => key);
  return {
    channels: keysOf(false),
    agencies: keysOf(true),
    operators: [operator.shownOnce ?? ''],
    signers,
  };
}

export async function fuzz(callers: Callers, options: FuzzOptions): Promise<Fuzzed> {
  const { baseUrl, seed, requests, onProgress } = options;
  const pools = emptyPools(Object.values(BILLERS));
  for (let n = 1; n <= 100; n++) pools.billNumbers.push(`N${String(n).padStart(4, '0')}`);
  const maker: Maker = { random: new Random(seed), pools, operations: readOperations(), callers, baseUrl };
  const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses: Record<string, number> = {};
  const findings: Finding[] = [];
  for (let sent = 0; sent < requests && findings.length < MOST_FINDINGS;) {
    const batch = Array.from({ length: Math.min(AT_ONCE, requests - sent) }, () => makeRequest(maker));
    const answers = await Promise.all(batch.map((request) => send(baseUrl, agent, request)));
    for (const [i, answer] of answers.entries()) {
      const request = batch[i];
      if (request === undefined) continue;
      const key = answer instanceof Error ? 'none' : String(answer.status);
      statuses[key] = (statuses[key] ?? 0) + 1;
      const what = answer instanceof Error ? answer.message : faultOf(request, answer);
      const told = answer instanceof Error ? undefined : answer;
      if (what !== undefined) findings.push({ what, request, answer: told });
      else if (told?.headers['content-type'] === 'application/json; charset=utf-8')
        learn(pools, JSON.parse(told.text));
    }
    sent += batch.length;
    await onProgress?.(sent);
  }
  agent.destroy();
  return { statuses, findings };
}

/** One line to understand a finding by, and to send it again. */
export function tellFinding({ what, request, answer }: Finding): string {
  const { method, target, headers, body } = request;
  const sent = body === undefined ? '' : ` ${JSON.stringify(body.toString('latin1').slice(0, 500))}`;
  const { authorization: _, ...shown } = headers;
  const got = answer === undefined ? '' : ` -> ${answer.status} ${answer.text.slice(0, 300)}`;
  return `${what}: ${method} ${target.slice(0, 300)} ${JSON.stringify(shown)}${sent}${got}`;
}

/** The answer, or why there was none: a connection that the gateway closed without a word is a fault too. */
function send(baseUrl: string, agent: http.Agent, request: FuzzRequest): Promise<FuzzAnswer | Error> {
  const { method, target, headers, body } = request;
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': body.length };
    const url = new URL(baseUrl);
    const sent = http.request(
      {
        host: url.hostname,
        port: url.port,
        agent,
        method,
        path: target,
        headers: { ...headers, ...length },
        timeout: 15_000,
      },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', resolve);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(pieces).toString(),
          }),
        );
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer within 15 s')));
    sent.on('error', resolve);
    sent.end(body);
  });
}
