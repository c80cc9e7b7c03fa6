// Calls banks for the mandates that were submitted to them. No transaction is open while a bank is called; killed after a call,
// the same call is made again when its lease is over, and the bank answers as before.

import { businessNow } from '../../approvals/index.ts';
import type { Directory } from '../../channels/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { BankLines } from './bank-lines.ts';
import type { BankLink } from './link.ts';
import { asking, callOf, requestIdOf } from './mandate-request-of.ts';
import { pauseMs, WRONG_PAUSE_MS } from './pauses.ts';
import { readMandateSaid } from './read-answer.ts';
import { claimWaiting, noteSent, putOff, type Waiting } from './store-submission.ts';
import { takeMandateWord } from './take-mandate-word.ts';

export interface CallParts {
  readonly database: Database;
  readonly directory: Directory;
  readonly masterKey: Buffer;
  readonly lines: BankLines;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Aborts when the worker stops: the rest is for the next. */
  readonly signal?: AbortSignal | undefined;
}

/** Longer than any call lasts. */
const LEASE_MS = 60_000;

/** Until nothing is left that can be sent now, or the bank is down. */
export async function callMandates(parts: CallParts, link: BankLink): Promise<void> {
  const { database, directory, masterKey, lines, log, signal } = parts;
  const { channelId } = link;
  while (signal?.aborted !== true) {
    const limit = lines.roomFor(link);
    if (limit === 0) return;
    const { seen, claimed } = await database.transaction(async (tx) => {
      const waiting = await claimWaiting(tx, { channelId, limit, leaseMs: LEASE_MS });
      const now = await businessNow(tx);
      const facts = asking(tx, { directory, masterKey }, now);
      const asked: { of: Waiting; body: object }[] = [];
      for (const of of waiting) {
        const one = await facts(of.mandate);
        const { party, whyNone: failure } = one.creditor;
        if (party !== null) asked.push({ of, body: callOf({ directory }, one) });
        else {
          log.warn({ request: requestIdOf(of.mandate), failure }, 'a mandate cannot go; it waits');
          await putOff(tx, [of], { pauseMs: WRONG_PAUSE_MS, failure, isUntried: true });
        }
      }
      return { seen: waiting.length, claimed: asked };
    });
    const went = await Promise.all(claimed.map(({ of, body }) => call(parts, link, of, body)));
    if (seen < limit || went.includes(false)) return;
  }
}

/** False: the bank is down. */
async function call(parts: CallParts, link: BankLink, of: Waiting, body: object): Promise<boolean> {
  const { database, lines } = parts;
  const id = requestIdOf(of.mandate);
  const later = (ms: number, failure: string, isUntried = false): Promise<void> =>
    database.transaction((tx) => putOff(tx, [of], { pauseMs: ms, failure, isUntried }));
  const called = await lines.call(link, { path: '/mandates', id, body });
  if (called.kind === 'not-called' || called.kind === 'down') {
    if (called.kind === 'down') await later(pauseMs(of.tries), called.detail);
    else await later(called.waitMs, 'the bank does not answer', true);
    return false;
  }
  const said = called.kind === 'answered' ? readMandateSaid(called.body, id) : called.detail;
  if (typeof said === 'string') {
    lines.wrong(link, id, said);
    await later(WRONG_PAUSE_MS, said);
    return true;
  }
  const { outcome, ...word } = said;
  if (outcome === 'pending') await database.transaction((tx) => noteSent(tx, [of], null));
  else await takeMandateWord(parts, { ...of, ...word, verdict: outcome });
  return true;
}
