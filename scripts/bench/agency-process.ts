// Agencies that are told, each at a port of its own, in one small process: checks the signature, answers 204, counts
// events by their ids and keeps how old each was when it had come. It does no more than it must, since it shares the
// machine with what is measured. BENCH_AGENCIES: JSON of AgencyPlan. GET /report on its control port tells what came;
// POST /reset begins the counts and times anew, while the ids stay. Prints `ready`.

import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AgencyPlan, AgencyReport } from './agency.ts';
import { Histogram } from './histogram.ts';

const EVENT_ID = '"eventId":"';
const EVENT_ID_LENGTH = 30;
const ACCEPTED_AT = '"acceptedAt":"';
const INSTANT_LENGTH = 24;
/** The histogram's longest time; events of a backlog are older. */
const LONGEST_US = 1_800_000_000;

const plan = JSON.parse(process.env['BENCH_AGENCIES'] ?? '') as AgencyPlan;
const ids = new Set<string>();
let forged = 0;
let counts = { requests: 0, events: 0, repeated: 0 };
let ages = new Histogram();

for (const { port, secret } of plan.agencies) {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  serve(port, (request, response, body) => take(key, request, response, body));
}
serve(plan.controlPort, (request, response) => {
  if (request.url === '/reset') {
    counts = { requests: 0, events: 0, repeated: 0 };
    ages = new Histogram();
  }
  const report: AgencyReport = {
    ...counts,
    distinct: ids.size,
    forged,
    p50Ms: ages.percentileMs(0.5),
    p99Ms: ages.percentileMs(0.99),
    maxMs: ages.maxMs,
  };
  response.end(JSON.stringify(report));
});
console.log('ready');
process.once('SIGTERM', () => process.exit(0));

function serve(
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void,
): void {
  createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks)));
  }).listen(port, '127.0.0.1');
}

function take(key: Buffer, { headers }: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const arrivedAt = Date.now();
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`;
  const wanted = `v1,${createHmac('sha256', key).update(signed).update(body).digest('base64')}`;
  const given = String(headers['webhook-signature']).split(' ');
  if (!given.some((each) => isSame(each, wanted))) {
    forged++;
    response.writeHead(401).end();
    return;
  }
  counts.requests++;
  note(body, arrivedAt);
  response.writeHead(204).end();
}

/** Finds ids and times without reading the JSON; copies, so that no body is kept for the sake of an id. */
function note(body: Buffer, arrivedAt: number): void {
  for (let at = body.indexOf(EVENT_ID); at >= 0; at = body.indexOf(EVENT_ID, at)) {
    at += EVENT_ID.length;
    const before = ids.size;
    ids.add(body.toString('latin1', at, at + EVENT_ID_LENGTH));
    counts.events++;
    if (ids.size === before) counts.repeated++;
    const acceptedAt = body.indexOf(ACCEPTED_AT, at) + ACCEPTED_AT.length;
    const instant = Date.parse(body.toString('latin1', acceptedAt, acceptedAt + INSTANT_LENGTH));
    ages.add(Math.min(Math.max(0, arrivedAt - instant) * 1000, LONGEST_US));
  }
}

function isSame(given: string, wanted: string): boolean {
  return given.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}
