// The own system of a linked agency, small and real: answers signed questions by what it has, and misbehaves on demand.
// Signatures are checked by the independent `standardwebhooks` package.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Test } from 'tap';
import { setLink, type LinkWish } from '../../src/billers/index.ts';
import type { NumberedBillBody } from '../../src/bills/index.ts';
import type { Database } from '../../src/platform/db/index.ts';
import { ACTOR, done, MASTER_KEY } from './world.ts';

export type AgencyBill = NumberedBillBody & { status?: 'open' | 'paid' | 'cancelled'; paidAt?: string };

export interface Question {
  readonly billerCode: string;
  readonly billNumber?: string;
  readonly payerId?: string;
}

/** Takes over a request instead of the usual answer. */
export type Misbehaviour = (response: ServerResponse, usual: object) => void;

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

export interface Agency {
  readonly url: string;
  readonly secret: string;
  /** Every question that came, in order. */
  readonly questions: Question[];
  /** Payments that it was told of, in order. */
  readonly told: { type: string; data: Record<string, unknown> }[];
  readonly bills: Map<string, AgencyBill>;
  /** Adds a bill in DZD, or changes it. */
  has(billNumber: string, change?: Partial<AgencyBill>): void;
  /** undefined: as usual again. */
  misbehave(how: Misbehaviour | undefined): void;
  /** Answers wait until the function that it returns is called. */
  hold(): () => void;
  /** What it answers to a payment; `{ outcome: 'booked' }` unless it is set. */
  outcome: object;
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function startAgency(t: Pick<Test, 'teardown'>): Promise<Agency> {
  let how: Misbehaviour | undefined;
  let held: Promise<void> | undefined;
  const bills = new Map<string, AgencyBill>();
  const questions: Question[] = [];
  const told: Agency['told'] = [];
  const webhook = new Webhook(SECRET);
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));
    let asked: object;
    try {
      asked = webhook.verify(body.toString('utf8'), headers) as object;
    } catch {
      response.writeHead(401).end();
      return;
    }
    if (request.url === '/agency/payments') {
      told.push(asked as Agency['told'][number]);
      return answer(response, agency.outcome);
    }
    const question = asked as Question;
    questions.push(question);
    await held;
    const found = [...bills.values()].filter((bill) =>
      question.payerId === undefined
        ? bill.billNumber === question.billNumber
        : bill.payerId === question.payerId && (bill.status ?? 'open') === 'open',
    );
    if (how === undefined) answer(response, { bills: found });
    else how(response, { bills: found });
  };
  const server = createServer((request, response) => void handle(request, response));
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.teardown(stop);
  const agency: Agency = {
    url: `http://127.0.0.1:${port}/agency`,
    secret: SECRET,
    questions,
    told,
    bills,
    has: (billNumber, change) =>
      void bills.set(billNumber, { ...SAMPLE, ...bills.get(billNumber), billNumber, ...change }),
    misbehave: (next) => void (how = next),
    hold: () => {
      const { promise, release } = gate();
      held = promise;
      return release;
    },
    outcome: { outcome: 'booked' },
    stop,
    start: () => listen(port),
  };
  return agency;
}

const SAMPLE = {
  payerId: 'P-1',
  payerName: 'Nadia Belkacem',
  description: 'Contribution',
  amount: { value: '100.00', currency: 'DZD' },
  dueOn: '2026-12-31',
};

function answer(response: ServerResponse, json: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

function gate(): { promise: Promise<void>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<void>((resolve) => (release = resolve));
  return { promise, release };
}

/** `dz-social` is linked to this agency. A slow machine is given time: who lets it hang sets a shorter deadline. */
export async function linkTo(
  db: Database,
  agency: Agency,
  wish: LinkWish = {},
  billerCode = 'dz-social',
): Promise<void> {
  const settings = { url: agency.url, secret: agency.secret, deadlineMs: 5000, ...wish };
  done(
    await setLink(
      db,
      billerCode,
      settings,
      { masterKey: MASTER_KEY, allowedNetworks: ['127.0.0.0/8'] },
      ACTOR,
    ),
  );
}

/** Ways to answer that nobody should, by name. */
export const MISBEHAVIOURS: Readonly<Record<string, Misbehaviour>> = {
  hangs: () => undefined,
  'answers 500': (response) => void response.writeHead(500).end('{"bills":[]}'),
  'answers 503': (response) => void response.writeHead(503, { 'retry-after': '9' }).end(),
  'answers 404': (response) => void response.writeHead(404).end(),
  'breaks off': (response) => void response.destroy(),
  'breaks off in the middle': (response) => {
    response.writeHead(200, { 'content-length': '1000' }).write('{"bills":[');
    setImmediate(() => response.destroy());
  },
  redirects: (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'answers garbage': (response) => void response.end('<html>It works!</html>'),
  'answers broken text': (response) => void response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d])),
  'answers another form': (response) => answer(response, { bills: { some: 'thing' } }),
  'answers too much': (response) => void response.end(Buffer.alloc(3 * 1024 * 1024, 32)),
  'answers in another currency': (response, usual) =>
    answer(response, changed(usual, { amount: { value: '100.00', currency: 'EUR' } })),
  'answers with another bill': (response, usual) =>
    answer(response, changed(usual, { billNumber: 'DZ-OTHER' })),
  'answers an impossible amount': (response, usual) =>
    answer(response, changed(usual, { amount: { value: '100.001', currency: 'DZD' } })),
  'answers a number for an amount': (response, usual) => answer(response, changed(usual, { amount: 100 })),
  'answers a date that is none': (response, usual) =>
    answer(response, changed(usual, { dueOn: '2026-13-45' })),
  'answers with a field too many': (response, usual) => answer(response, changed(usual, { surprise: 1 })),
};

function changed(usual: object, change: object): object {
  const { bills } = usual as { bills: object[] };
  return { bills: bills.map((bill) => ({ ...bill, ...change })) };
}
