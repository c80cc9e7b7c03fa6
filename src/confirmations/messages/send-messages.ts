// Sends what is due: claim and commit, send, record. Remember: between claim and record nobody knows whether a message
// has left, so whoever is lost there leaves `unknown`, and the payer is never told twice.

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BEGIN_LOOKUPS, isUnavailable, type Session } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { outgoingOf, write } from './compose.ts';
import type { Medium, Provider, Providers, SendResult } from './message.ts';
import {
  claimMessages,
  readTexts,
  recordOutcomes,
  type BillersTexts,
  type ClaimedMessage,
  type Outcome,
} from './store-send.ts';

export interface SendParts {
  /** For short statements, several rounds on one connection. */
  readonly session: Session;
  readonly providers: Providers;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Told of every message that has its last state. */
  readonly onEnd?: (medium: Medium, state: string) => void;
}

/** Longer than a provider and the recording of its results may take together. */
export const LOST_AFTER_MS = 120_000;

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const RECORD_TRIES = 10;
const RECORD_PAUSE_MS = 1_000;

/** Rounds of one medium at once in a process, so that one slow answer does not hold up all. */
export const ROUNDS_AT_ONCE = 2;

/**
 * One round of due messages of the biller. Calls `again` at once when there may be more, so that another round can
 * begin beside this one. Any number of workers may do this at the same time.
 */
export async function sendMessages(
  parts: SendParts,
  billerId: number,
  medium: Medium,
  again: () => void,
): Promise<void> {
  const { session, providers, onEnd } = parts;
  const provider = providers[medium];
  const claim = randomUUID();
  const limit = Math.max(1, Math.floor(provider.atOnce / ROUNDS_AT_ONCE));
  const [claimed, texts] = await session.once(BEGIN_LOOKUPS, (tx) =>
    Promise.all([claimMessages(tx, { billerId, medium, claim, limit }), readTexts(tx, billerId, medium)]),
  );
  if (claimed.length === limit) again();
  for (const { state } of claimed) if (state !== 'sending') onEnd?.(medium, state);
  const sending = claimed.filter(({ state }) => state === 'sending');
  if (sending.length === 0) return;
  const outcomes = await Promise.all(
    sending.map((message) => sendOne(parts, provider, { billerId, medium }, message, texts)),
  );
  await record(parts, { billerId, medium, claim }, outcomes);
}

interface Addressing {
  readonly billerId: number;
  readonly medium: Medium;
}

async function sendOne(
  { log }: SendParts,
  provider: Provider,
  { billerId, medium }: Addressing,
  message: ClaimedMessage,
  texts: BillersTexts,
): Promise<Outcome> {
  const { event_id: eventId, address_hash: addressHash, kind, language, facts } = message;
  const own = texts.templates.find((each) => each.kind === kind && each.language === language);
  const words = write(facts, { kind, medium, language }, texts, own);
  const outgoing = outgoingOf(
    { billerId, eventId, medium, addressHash },
    message.address ?? '',
    language,
    message.claimed_at,
    words,
  );
  const result = await provider.send(outgoing).catch((error: unknown): SendResult => {
    log.warn({ err: error, provider: provider.name }, 'a provider of messages failed in a way it should not');
    return { outcome: 'unknown', reason: error instanceof Error ? error.message : String(error) };
  });
  if (result.outcome !== 'sent') {
    const { outcome, reason } = result;
    log.warn(
      { message: outgoing.id, provider: provider.name, outcome, reason },
      'a message to a payer did not go out',
    );
  }
  return { eventId, addressHash, ...judge(result, message.attempts) };
}

const LONGEST_REASON = 500;

function judge(result: SendResult, attempts: number): Pick<Outcome, 'state' | 'failure' | 'pauseMs'> {
  if (result.outcome === 'sent') return { state: 'sent', failure: null, pauseMs: 0 };
  const failure = result.reason.slice(0, LONGEST_REASON);
  if (result.outcome === 'unknown') return { state: 'unknown', failure, pauseMs: 0 };
  if (!result.again) return { state: 'failed', failure, pauseMs: 0 };
  return { state: 'waiting', failure, pauseMs: pauseAfter(attempts) };
}

/** Doubled from ten seconds to an hour, a fifth more or less, so that what failed together does not come together. */
function pauseAfter(attempts: number): number {
  const ms = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return ms * (0.8 + Math.random() * 0.4);
}

/** A database that is away for a moment must not make `unknown` of what is known. */
async function record(
  { session, log, onEnd }: SendParts,
  key: Addressing & { readonly claim: string },
  outcomes: readonly Outcome[],
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const recorded = await session.once(BEGIN_LOOKUPS, (tx) => recordOutcomes(tx, key, outcomes));
      for (const { state } of recorded) if (state !== 'waiting') onEnd?.(key.medium, state);
      return;
    } catch (error) {
      if (!isUnavailable(error) || attempt === RECORD_TRIES) throw error;
      log.warn({ err: error }, 'what became of messages cannot be recorded yet');
      await pause(RECORD_PAUSE_MS);
    }
  }
}
