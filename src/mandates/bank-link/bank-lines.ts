// The lines to banks that are called: each with its secret opened and its circuit, made anew when the operator changes
// address or secret. A bank in trouble is left alone for a while, and keeps nobody else waiting; one that answers now and
// then is called by few at once, and by more with every good answer.

import { Breaker, BREAKER } from '../../bills/link/index.ts';
import { systemClock, type Clock } from '../../kernel/clock.ts';
import type { Caller } from '../../platform/outgoing/index.ts';
import type { Log } from '../../platform/log.ts';
import { callBank, type BankCall, type Called } from './call-bank.ts';
import { openBankSecretOf, type BankLink } from './link.ts';
import type { BankLinkMetrics } from './metrics.ts';

export interface LineParts {
  readonly caller: Caller;
  readonly masterKey: Buffer;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  readonly metrics: BankLinkMetrics;
  /** Of signatures. */
  readonly clock?: Clock;
  /** Milliseconds that only go forward, for the pauses of circuits. */
  readonly now?: () => number;
}

/** `not-called`: the circuit is open, or too many calls are under way. */
export type BankAnswer = Called | { readonly kind: 'not-called'; readonly waitMs: number };

/** Calls to one bank at a time. */
const MOST_UNDER_WAY = 64;
/** An answer that takes more of the deadline than this is as good as none for the circuit. */
const SLOW = 0.8;
/** Waiting debits or mandates that are taken up at once, at the most, and of a bank that was not called yet. */
const MOST_AT_ONCE = 16;
const FIRST_AT_ONCE = 4;

interface Line {
  readonly link: BankLink & { readonly url: string };
  readonly secret: Buffer;
  readonly breaker: Breaker;
  underWay: number;
  /** One more with each good answer, half of it with each failure. */
  atOnce: number;
}

export class BankLines {
  readonly #parts: LineParts;
  readonly #lines = new Map<number, Line>();

  constructor(parts: LineParts) {
    this.#parts = parts;
  }

  /** How many calls may be made now of what waits for this bank; 0: it is left alone. */
  roomFor(link: BankLink): number {
    const { breaker, atOnce } = this.#lineOf(link);
    if (breaker.state === 'closed') return atOnce;
    return breaker.state === 'open' ? 0 : 1;
  }

  /** Within the link's own deadline, or a shorter one. Throws for a link that never had an address. */
  async call(link: BankLink, call: Omit<BankCall, 'timeoutMs'>, mostMs = Infinity): Promise<BankAnswer> {
    const { caller, clock = systemClock, log, metrics } = this.#parts;
    const line = this.#lineOf(link);
    if (line.underWay >= MOST_UNDER_WAY) return { kind: 'not-called', waitMs: BREAKER.firstPauseMs };
    const pass = line.breaker.enter();
    if (typeof pass === 'number') return { kind: 'not-called', waitMs: pass };
    const timeoutMs = Math.min(link.deadlineMs, mostMs);
    line.underWay += 1;
    try {
      const { url } = line.link;
      const called = await callBank({ caller, clock }, { url, secret: line.secret }, { ...call, timeoutMs });
      const isGood = called.kind !== 'down' && called.tookMs <= SLOW * timeoutMs;
      if (isGood) pass.succeeded();
      else pass.failed();
      line.atOnce = isGood ? Math.min(MOST_AT_ONCE, line.atOnce + 1) : Math.max(1, line.atOnce >> 1);
      metrics.onCall(link.code, called.kind, called.tookMs);
      const told = { channel: link.code, call: call.path, id: call.id };
      if (called.kind === 'down') log.warn({ ...told, detail: called.detail }, 'a bank does not answer');
      return called;
    } catch (error) {
      pass.failed();
      throw error;
    } finally {
      line.underWay -= 1;
    }
  }

  /** An answer that no bank should give; the alarm. */
  wrong(link: BankLink, id: string, detail: string): void {
    this.#parts.metrics.onWrong(link.code);
    this.#parts.log.error({ channel: link.code, id, detail }, 'the answer of a bank was thrown away');
  }

  #lineOf(link: BankLink): Line {
    const { url, sealedSecret } = link;
    if (url === null || sealedSecret === null) throw new Error(`the bank ${link.code} has no address`);
    const known = this.#lines.get(link.channelId);
    if (known?.link.url === url && known.link.sealedSecret?.equals(sealedSecret) === true) return known;
    const secret = openBankSecretOf(this.#parts.masterKey, link);
    const { now = () => performance.now() } = this.#parts;
    const breaker = new Breaker({ ...BREAKER, now });
    const line = { link: { ...link, url }, secret, breaker, underWay: 0, atOnce: FIRST_AT_ONCE };
    this.#lines.set(link.channelId, line);
    return line;
  }
}
