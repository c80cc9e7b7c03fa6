// A bank of payers, small and real: takes signed calls, answers as it is told to, and misbehaves on demand. Signatures are
// checked by the independent `standardwebhooks` package.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Test } from 'tap';
import { BankLines, setBankLink, type BankLinkWish } from '../../src/mandates/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { openCaller } from '../../src/platform/outgoing/index.ts';
import { ACTOR, done, MASTER_KEY } from './world.ts';

export interface BankCalled {
  readonly path: string;
  /** `webhook-id`. */
  readonly id: string;
  readonly body: Record<string, unknown>;
}

/** Ends the response, or returns what is answered; undefined: nothing, ever. */
export type Answering = (
  called: BankCalled,
  response: ServerResponse,
) => object | undefined | Promise<object | undefined>;

const SECRET = `whsec_${Buffer.alloc(32, 6).toString('base64')}`;
export const LOCAL = ['127.0.0.0/8'];

export interface PayersBank {
  readonly url: string;
  /** Every call with a good signature, in order. */
  readonly calls: BankCalled[];
  answering: Answering;
}

export async function startPayersBank(t: Pick<Test, 'teardown'>): Promise<PayersBank> {
  const calls: BankCalled[] = [];
  const webhook = new Webhook(SECRET);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await buffer(request)).toString('utf8');
    const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));
    try {
      webhook.verify(body, headers);
    } catch {
      response.writeHead(401).end();
      return;
    }
    const called: BankCalled = {
      path: request.url ?? '',
      id: headers['webhook-id'] ?? '',
      body: JSON.parse(body) as Record<string, unknown>,
    };
    calls.push(called);
    const said = await bank.answering(called, response);
    if (said !== undefined && !response.writableEnded)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  t.teardown(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const bank: PayersBank = {
    url: `http://127.0.0.1:${port}/bank`,
    calls,
    answering: () => ({ outcome: 'pending' }),
  };
  return bank;
}

/** The channel `bank` is linked to it. */
export async function linkBank(db: Database, bank: PayersBank, wish: BankLinkWish = {}): Promise<void> {
  const settings = { way: 'api', url: bank.url, secret: SECRET, ...wish } as const;
  const tools = { masterKey: MASTER_KEY, allowedNetworks: LOCAL };
  done(await setBankLink(db, 'bank', settings, tools, ACTOR));
}

/** Lines of a worker, and how often an answer was thrown away. `now`: of the pauses of their circuits. */
export function testLines(
  t: Pick<Test, 'teardown'>,
  now?: () => number,
): { lines: BankLines; wrong: string[] } {
  const caller = openCaller({ allowedNetworks: LOCAL });
  t.teardown(() => caller.close());
  const wrong: string[] = [];
  const nothing = (): void => undefined;
  const log = { info: nothing, warn: nothing, error: nothing };
  const metrics = { onCall: nothing, onWrong: (channel: string) => void wrong.push(channel) };
  return {
    lines: new BankLines({ caller, masterKey: MASTER_KEY, log, metrics, ...(now && { now }) }),
    wrong,
  };
}
