// Messages to payers as a worker does them: woken when events were numbered, and swept every few seconds for what was
// forgotten. Remember: memory holds only whom to look at next; what there is to do are rows.

import { Session, type Database } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { addressHasher } from './addresses.ts';
import { MEDIA, type Medium, type Providers } from './message.ts';
import type { MessageMetrics } from './metrics.ts';
import { planMessages, type PlanParts } from './plan-messages.ts';
import { LOST_AFTER_MS, ROUNDS_AT_ONCE, sendMessages, type SendParts } from './send-messages.ts';
import { billerIds, dropOld, findWork, markLost } from './store-send.ts';
import { Turns } from './turns.ts';

export interface MessageOptions {
  readonly database: Database;
  readonly masterKey: Buffer;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly providers: Providers;
  readonly metrics?: MessageMetrics;
}

export interface Messages {
  /** Events of these billers were numbered. Returns at once and never throws. */
  wake(billerIds: Iterable<number>): void;
  /** Once; call it every few seconds, in any number of processes. Finds what is due and hands it on. */
  sweep(): Promise<void>;
  /** Takes nothing more and waits for what is under way: a provider ends within 15 s. Providers stay open. */
  stop(): Promise<void>;
}

/** A biller is planned no oftener: a payer does not notice, the database does. */
const PLAN_EVERY_MS = 750;
const FORGET_EVERY_MS = 3_600_000;
const KEPT_DAYS = 90;
const DROPPED_AT_ONCE = 1000;

export function openMessages(options: MessageOptions): Messages {
  const { database, masterKey, log, providers, metrics } = options;
  const planning = new Session(database.url, 'wasit-plan-messages');
  const sending = new Session(database.url, 'wasit-send-messages');
  const planParts: PlanParts = { session: planning, hashAddress: addressHasher(masterKey) };
  const sendParts: SendParts = { session: sending, providers, log, ...(metrics && { onEnd: metrics.onEnd }) };
  const stopping = new AbortController();
  const { signal } = stopping;

  const failed = (what: string) => (billerId: number, error: unknown) =>
    log.warn({ err: error, billerId }, `${what}; the sweep tries again`);
  const planner = new Turns({
    atOnce: 1, // each has the session to itself
    restMs: PLAN_EVERY_MS,
    signal,
    work: plan,
    failed: failed('messages were not planned'),
  });
  const senderOf = (medium: Medium): Turns =>
    new Turns({
      atOnce: ROUNDS_AT_ONCE,
      signal,
      work: (billerId, again) => sendMessages(sendParts, billerId, medium, again),
      failed: failed('messages were not sent'),
    });
  const senders: Record<Medium, Turns> = { sms: senderOf('sms'), email: senderOf('email') };
  let forgottenAt = -Infinity;

  return {
    wake(billerIds) {
      for (const billerId of billerIds) planner.add(billerId);
    },
    async sweep() {
      const found = await database.transaction((tx) => findWork(tx, LOST_AFTER_MS));
      for (const { biller_id: billerId, behind, lost, ...due } of found) {
        if (lost) await endLost(options, billerId);
        if (behind) planner.add(billerId);
        for (const medium of MEDIA) if (due[medium]) senders[medium].add(billerId);
      }
      if (performance.now() - forgottenAt > FORGET_EVERY_MS) {
        forgottenAt = performance.now();
        await forgetMessages(database, signal);
      }
    },
    async stop() {
      stopping.abort();
      await Promise.all([planner, ...Object.values(senders)].map((turns) => turns.ended()));
      await Promise.all([planning.close(), sending.close()]);
    },
  };

  async function plan(billerId: number, again: () => void): Promise<void> {
    const { waiting, more } = await planMessages(planParts, billerId);
    for (const medium of waiting) senders[medium].add(billerId);
    if (more) again();
  }
}

/** Messages whose process was lost while it sent them. */
async function endLost({ database, log, metrics }: MessageOptions, billerId: number): Promise<void> {
  const lost = await database.nodeOf(billerId).transaction((tx) => markLost(tx, billerId, LOST_AFTER_MS));
  for (const { medium } of lost) metrics?.onEnd(medium, 'unknown');
  log.warn(
    { billerId, count: lost.length },
    'messages were lost while they were sent; they are not sent again',
  );
}

/** Rows of messages are kept so many days; in steps, each a short transaction. */
export async function forgetMessages(database: Database, signal?: AbortSignal): Promise<void> {
  for (const billerId of await database.transaction(billerIds)) {
    let dropped = DROPPED_AT_ONCE;
    while (dropped === DROPPED_AT_ONCE && signal?.aborted !== true)
      dropped = await database
        .nodeOf(billerId)
        .transaction((tx) => dropOld(tx, billerId, KEPT_DAYS, DROPPED_AT_ONCE));
  }
}
