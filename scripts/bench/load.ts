// The load generator, a process of its own: reads a LoadPlan from standard input, keeps `connections` requests
// under way for the time told, prints a LoadResult. On two cores it shares the machine with the gateway and
// PostgreSQL, so it does nothing that it need not: plain sockets, ready-made bytes, status and length of answers.

import net from 'node:net';
import { text } from 'node:stream/consumers';
import { Histogram } from './histogram.ts';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { requestSource, type RequestSource } from './request-source.ts';

const CHECKED_EVERY = 64;
const HUNG_AFTER_MS = 15_000;

const plan = JSON.parse(await text(process.stdin)) as LoadPlan;
const source = requestSource(plan);
console.log(JSON.stringify(await run(plan, source)));
process.exit(0);

interface Window {
  from: number;
  to: number;
}

interface Tally {
  readonly window: Window;
  readonly times: Histogram;
  readonly statuses: Map<number, number>;
  lastAnswerAt: number;
  failed: number;
  firstFailure: string | undefined;
}

async function run(plan: LoadPlan, source: RequestSource): Promise<LoadResult> {
  const cpuAtStart = process.cpuUsage();
  const sockets = await Promise.all(Array.from({ length: plan.connections }, () => connect(plan.port)));
  const from = performance.now() + plan.warmUpMs;
  const window = { from, to: from + plan.durationMs };
  const tally: Tally = {
    window,
    times: new Histogram(),
    statuses: new Map(),
    lastAnswerAt: from,
    failed: 0,
    firstFailure: undefined,
  };
  await Promise.all(sockets.map((open, slot) => keepAsking(open, slot, plan.expectedStatus, source, tally)));
  const seconds = (Math.min(window.to, tally.lastAnswerAt) - from) / 1000;
  const { user, system } = process.cpuUsage(cpuAtStart);
  const { times } = tally;
  return {
    count: times.total,
    rate: seconds > 0 ? times.total / seconds : 0,
    p50Ms: times.percentileMs(0.5),
    p99Ms: times.percentileMs(0.99),
    maxMs: times.maxMs,
    meanMs: times.meanMs,
    statuses: Object.fromEntries(tally.statuses),
    failed: tally.failed,
    sent: source.sent,
    cpuSeconds: (user + system) / 1e6,
    ...(tally.firstFailure !== undefined && { firstFailure: tally.firstFailure }),
  };
}

/** An open connection; `onData` is set by whoever uses it, and is told what arrived. */
interface Open {
  readonly socket: net.Socket;
  onData: (text: string) => void;
}

function connect(port: number): Promise<Open> {
  return new Promise((resolve, reject) => {
    const buffer = Buffer.allocUnsafe(64 * 1024);
    const callback = (length: number): boolean => {
      open.onData(buffer.toString('latin1', 0, length));
      return true;
    };
    const socket = net.connect({ host: '127.0.0.1', port, onread: { buffer, callback }, noDelay: true });
    const open: Open = { socket, onData: () => undefined };
    socket.once('connect', () => resolve(open));
    socket.once('error', reject);
  });
}

/** One request after the other until the window closes or there are no more. */
function keepAsking(
  open: Open,
  slot: number,
  expected: number,
  source: RequestSource,
  tally: Tally,
): Promise<void> {
  return new Promise((resolve) => {
    const { socket } = open;
    let sentAt = 0;
    let waiting = false;
    let part = '';
    let answers = 0;
    const fail = (why: string): void => {
      tally.failed++;
      tally.firstFailure ??= why;
    };
    const end = (): void => {
      clearTimeout(hung);
      if (waiting) fail('no answer before the connection ended');
      waiting = false;
      socket.destroy();
      resolve();
    };
    const hung = setTimeout(end, tally.window.to - performance.now() + HUNG_AFTER_MS);
    const ask = (): void => {
      const now = performance.now();
      const request = now < tally.window.to ? source.next(slot) : undefined;
      if (request === undefined) return end();
      waiting = true;
      sentAt = now;
      socket.write(request);
    };
    open.onData = (text) => {
      const answer = part + text;
      const length = answerLength(answer);
      if (length === undefined || answer.length < length) {
        part = answer;
        return;
      }
      part = '';
      waiting = false;
      const now = performance.now();
      const status = Number(answer.slice(9, 12));
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1);
      const wrong =
        status !== expected ||
        answer.length !== length ||
        (answers++ % CHECKED_EVERY === 0 && !source.fits(slot, answer));
      if (wrong) fail(answer.slice(0, 2000));
      if (now >= tally.window.from && now < tally.window.to) {
        if (!wrong) tally.times.add(Math.round((now - sentAt) * 1000));
        tally.lastAnswerAt = now;
      }
      ask();
    };
    socket.once('close', end);
    socket.on('error', (error) => fail(String(error)));
    ask();
  });
}

/** Length of the whole answer; undefined while the head is not there. Refuses what has no content-length. */
function answerLength(answer: string): number | undefined {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const at = answer.indexOf('\r\ncontent-length: ');
  if (at < 0 || at > headEnd)
    throw new Error(`an answer without content-length: ${answer.slice(0, headEnd)}`);
  return headEnd + 4 + Number(answer.slice(at + 18, answer.indexOf('\r\n', at + 18)));
}
