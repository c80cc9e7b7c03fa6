// The load generator, a process of its own: reads a LoadPlan from standard input, sends requests for the time told,
// prints a LoadResult. Either `connections` requests are always under way, or, `perSecond`, so many are sent each
// second whatever becomes of them: then a slow answer does not slow the load, and whoever finds no connection free
// waits on the clock.

import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { Connection, type Answer } from './connection.ts';
import { Histogram } from './histogram.ts';
import type { LoadPlan, LoadResult } from './load-plan.ts';
import { requestSource, type RequestSource } from './request-source.ts';

const CHECKED_EVERY = 64;
const HUNG_AFTER_MS = 15_000;

class Load {
  readonly #plan: LoadPlan;
  readonly #source: RequestSource;
  readonly #connections: Connection[] = [];
  readonly #times = new Histogram();
  readonly #statuses = new Map<number, number>();
  #window = { from: 0, to: 0 };
  #answers = 0;
  #lastAnswerAt = 0;
  #failed = 0;
  #unsent = 0;
  #firstFailure: string | undefined;
  #onIdle: (slot: number) => void = () => undefined;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
    this.#source = requestSource(plan);
  }

  async run(): Promise<LoadResult> {
    const cpuAtStart = process.cpuUsage();
    const { connections, port, warmUpMs, durationMs, perSecond } = this.#plan;
    const opening = Array.from({ length: connections }, () =>
      Connection.open(port, (why) => this.#fail(why)),
    );
    this.#connections.push(...(await Promise.all(opening)));
    const from = performance.now() + warmUpMs;
    this.#window = { from, to: from + durationMs };
    this.#lastAnswerAt = from;
    if (perSecond === undefined) this.#keepAsking();
    else await this.#pace(perSecond);
    await this.#allAnswered();
    for (const connection of this.#connections) connection.end();
    return this.#result(process.cpuUsage(cpuAtStart));
  }

  /** One request after the other on each connection, until the window closes or there are no more. */
  #keepAsking(): void {
    this.#onIdle = (slot) => {
      const now = performance.now();
      if (now < this.#window.to) this.#ask(slot, now);
    };
    for (let slot = 0; slot < this.#connections.length; slot++) this.#onIdle(slot);
  }

  /** All connections take turns, so that none lies idle until the server closes it. */
  async #pace(perSecond: number): Promise<void> {
    const idle = this.#connections.map((_, slot) => slot);
    const due: number[] = [];
    let dueFrom = 0;
    const sendDue = (): void => {
      for (; dueFrom < due.length && idle.length > 0; dueFrom++)
        this.#ask(idle.shift() ?? 0, due[dueFrom] ?? performance.now());
    };
    this.#onIdle = (slot) => {
      idle.push(slot);
      sendDue();
    };
    const startedAt = performance.now();
    for (let now = startedAt; now < this.#window.to; now = performance.now()) {
      // The clock of a request starts when it is seen to be due: this timer's lateness is no part of the figure.
      const wanted = Math.floor(((now - startedAt) * perSecond) / 1000);
      while (due.length < wanted) due.push(now);
      sendDue();
      await sleep(1);
    }
    this.#unsent = due.length - dueFrom;
    dueFrom = due.length;
  }

  #ask(slot: number, since: number): void {
    const request = this.#source.next(slot);
    if (request === undefined) return;
    this.#connections[slot]?.ask(request, (answer) => {
      this.#book(slot, since, answer);
      this.#onIdle(slot);
    });
  }

  #book(slot: number, since: number, { status, text, isAlone }: Answer): void {
    const now = performance.now();
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    const isWrong =
      status !== this.#plan.expectedStatus ||
      !isAlone ||
      (this.#answers++ % CHECKED_EVERY === 0 && !this.#source.fits(slot, text));
    if (isWrong) this.#fail(text.slice(0, 2000));
    if (now < this.#window.from || now >= this.#window.to) return;
    if (!isWrong) this.#times.add(Math.round((now - since) * 1000));
    this.#lastAnswerAt = now;
  }

  async #allAnswered(): Promise<void> {
    const waiting = (): Connection[] => this.#connections.filter((connection) => connection.isWaiting);
    while (performance.now() < this.#window.to || waiting().length > 0) {
      if (performance.now() > this.#window.to + HUNG_AFTER_MS) break;
      if (this.#source.isEmpty && waiting().length === 0) break;
      await sleep(2);
    }
    this.#fail('no answer before the end', waiting().length);
  }

  #fail(why: string, times = 1): void {
    this.#failed += times;
    if (times > 0) this.#firstFailure ??= why;
  }

  #result({ user, system }: NodeJS.CpuUsage): LoadResult {
    const times = this.#times;
    const seconds = (Math.min(this.#window.to, this.#lastAnswerAt) - this.#window.from) / 1000;
    return {
      count: times.total,
      rate: seconds > 0 ? times.total / seconds : 0,
      p50Ms: times.percentileMs(0.5),
      p99Ms: times.percentileMs(0.99),
      maxMs: times.maxMs,
      meanMs: times.meanMs,
      statuses: Object.fromEntries(this.#statuses),
      failed: this.#failed,
      sent: this.#source.sent,
      unsent: this.#unsent,
      cpuSeconds: (user + system) / 1e6,
      ...(this.#firstFailure !== undefined && { firstFailure: this.#firstFailure }),
    };
  }
}

const plan = JSON.parse(await text(process.stdin)) as LoadPlan;
console.log(JSON.stringify(await new Load(plan).run()));
process.exit(0);
