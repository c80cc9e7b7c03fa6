// Agencies that are told, each at a port of its own, in one small process: checks the signature, answers 204, counts
// events by their ids and keeps how old each was when it had come. It does no more than it must, since it shares the
// machine with what is measured. BENCH_AGENCIES: JSON of AgencyPlan. GET /report on its control port tells what came;
// POST /reset begins the counts and times anew, while the ids stay. Prints `ready`.

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AgencyPlan, AgencyReport } from './agency.ts';
import { Histogram } from './histogram.ts';
import { isSigned, keyOf, serve } from './serve-signed.ts';

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
  const key = keyOf(secret);
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

function take(key: Buffer, { headers }: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const arrivedAt = Date.now();
  if (!isSigned(key, headers, body)) {
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
