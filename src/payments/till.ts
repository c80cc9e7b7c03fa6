// Payments inside somebody else's transaction: credit that is applied to a bill, deposits of a bank's statement. The same
// facts, rules and records as those of a group; what goes with them (journals of where the money came from, credit that
// is no payment) is recorded together with them. Nothing is written before `record`.

import { ownChannelIsPlain, type Directory } from '../channels/index.ts';
import { refuse, Refused } from '../kernel/errors.ts';
import { newId, type Uuid } from '../kernel/ids.ts';
import type { JournalHead, Posting } from '../ledger/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Words } from '../bills/link/index.ts';
import type { PaymentCommand } from './command.ts';
import { loadFacts, recording } from './commit-group.ts';
import { decide, openDay, type Decision } from './decide.ts';
import { Effects } from './effects.ts';
import { billKey, positionKey, type Facts } from './facts.ts';

export class Till {
  readonly #facts: Facts;
  readonly #effects = new Effects();

  private constructor(facts: Facts) {
    this.#facts = facts;
  }

  /**
   * Locks the bills of the commands, the configuration and the days of their billers and of `billers` (shared), and the
   * channels with limited funds. Throws StaleDirectory and NoOpenDay, which `mendBooks` mends.
   */
  static async open(
    tx: Tx,
    { current }: Directory,
    commands: readonly PaymentCommand[],
    billers: readonly number[] = [],
  ): Promise<Till> {
    return new Till(await loadFacts(tx, commands, current, billers));
  }

  /** The books' time. */
  get now(): Date {
    return this.#facts.now;
  }

  get snapshot(): Facts['snapshot'] {
    return this.#facts.snapshot;
  }

  payerOf(billerId: number, billNumber: string): string | undefined {
    return this.#facts.bills.get(billKey(billerId, billNumber))?.payerId;
  }

  /** What the same transaction gives back of the channel's float or credit, and so counts as there; minor units. */
  free(channelId: number, currency: string, minor: bigint): void {
    const position = this.#facts.positions.get(positionKey(channelId, currency));
    if (position !== undefined) position.availableMinor += minor;
  }

  /** What would become of it now; nothing comes of it. */
  decide(command: PaymentCommand): Decision {
    return decide(this.#timed(command), this.#facts);
  }

  /** It is so: later decisions see the bill paid and the reference taken. Of a replay nothing comes. */
  take(command: PaymentCommand, decision: Decision): void {
    this.#effects.apply(this.#timed(command), decision, this.#facts);
  }

  /** A journal beside the payments, in the open day of its book; `on` for a book that has no days of its own. */
  post(
    head: Pick<JournalHead, 'billerId' | 'kind'> & { paymentId?: Uuid; on?: string },
    postings: readonly Posting[],
  ): Uuid {
    const { billerId, kind, paymentId = null } = head;
    const businessDate = head.on ?? openDay(this.#facts, { billerId }).businessDate;
    const journalId = newId(this.#facts.now.getTime(), billerId);
    const recordedAt = this.#facts.nowText;
    this.#effects.entries.add({ billerId, journalId, kind, paymentId, businessDate, recordedAt }, postings);
    return journalId;
  }

  /** Becomes the payer's credit without a payment; its journal is the caller's. */
  hold(billerId: number, payerId: string, currency: string, amountMinor: bigint): void {
    const acceptedAt = this.#facts.nowText;
    this.#effects.held.push({ billerId, currency, acceptedAt, lines: [{ payerId, amountMinor }] });
  }

  /** Writes everything. Locks credit, references and the balances of `lane`. */
  async record(tx: Tx, lane: number): Promise<void> {
    for (const write of recording(tx, this.#effects, this.#facts.nowText, lane)) await write();
  }

  #timed(command: PaymentCommand): PaymentCommand {
    if (command.occurredAt !== '') return command;
    return { ...command, occurredAt: this.#facts.nowText, occurredInstant: this.#facts.nowText };
  }
}

/** As of any payment: why the bill cannot be paid, or that it goes by what the agency said before it fell silent. */
export function saidBy(words: Words | undefined, command: PaymentCommand): PaymentCommand {
  if (words === undefined) return command;
  const agencySaidAt = words.stale ? words.asOf?.toISOString() : undefined;
  if (agencySaidAt === undefined) return { ...command, words: words.words };
  return {
    ...command,
    words: words.words,
    agencySaidAt,
    detailsText: JSON.stringify({ ...command.details, agencySaidAt }),
  };
}

/** Refuses `approval-impossible` for a channel of our own whose receivable does not go to zero by itself. */
export function checkOwnChannel({ snapshot }: Till, channelId: number): void {
  const channel = snapshot.channelsById.get(channelId);
  if (channel !== undefined && ownChannelIsPlain(channel)) return;
  const code = channel?.code ?? String(channelId);
  throw new Refused(
    refuse('approval-impossible', { reason: `the channel ${code} is not postpaid without a credit limit` }),
  );
}
