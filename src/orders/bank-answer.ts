// A file that a bank answers with, and what came of it, as values.

import type { Uuid } from '../kernel/ids.ts';

export interface BankAnswer {
  readonly name: string;
  readonly bytes: Buffer;
  /** The operator's account that it is about, where who brings it says so; else the order tells. */
  readonly accountId: number | null;
  /** The bank whose folder it lay in, which speaks of orders from its own accounts alone; null: a person brings it. */
  readonly bankId: number | null;
}

export interface AnswerOutcome {
  /** Why nothing of it could be read; null: it was. */
  readonly refused: string | null;
  readonly accepted: number;
  readonly rejected: number;
  /** Read and not decided by the bank yet, or said in a word that is not known. */
  readonly undecided: number;
  /** Ids of messages, payment blocks and transfers that are none of ours, or of another order, account or bank. */
  readonly unknown: readonly string[];
  readonly unknownCount: number;
  /** Contradicting itself, an earlier answer or what has become of the transfer, or of an order never offered. */
  readonly conflicts: readonly string[];
  readonly conflictCount: number;
}

export interface TakenAnswer {
  readonly answerId: Uuid;
  /** The same bytes had come before and taken effect; nothing was done now. */
  readonly known: boolean;
  readonly outcome: AnswerOutcome;
}

/** So many ids are named, the first ones; the rest is counted. */
const MOST_NAMED = 20;
const LONGEST_NAMED = 100;

/** What was not said is zero. */
export function outcomeOf(what: {
  refused?: string;
  accepted?: number;
  rejected?: number;
  undecided?: number;
  unknown?: readonly string[];
  conflicts?: readonly string[];
}): AnswerOutcome {
  const { refused = null, accepted = 0, rejected = 0, undecided = 0, unknown = [], conflicts = [] } = what;
  return {
    refused,
    accepted,
    rejected,
    undecided,
    unknown: named(unknown),
    unknownCount: unknown.length,
    conflicts: named(conflicts),
    conflictCount: conflicts.length,
  };
}

/** What several orders of one answer came to. */
export function sumOf(one: AnswerOutcome, other: AnswerOutcome): AnswerOutcome {
  return {
    refused: one.refused ?? other.refused,
    accepted: one.accepted + other.accepted,
    rejected: one.rejected + other.rejected,
    undecided: one.undecided + other.undecided,
    unknown: named([...one.unknown, ...other.unknown]),
    unknownCount: one.unknownCount + other.unknownCount,
    conflicts: named([...one.conflicts, ...other.conflicts]),
    conflictCount: one.conflictCount + other.conflictCount,
  };
}

/** Whether anything was done by it. */
export function tookEffect({ accepted, rejected, undecided }: AnswerOutcome): boolean {
  return accepted + rejected + undecided > 0;
}

function named(ids: readonly string[]): string[] {
  return ids.slice(0, MOST_NAMED).map((id) => id.slice(0, LONGEST_NAMED));
}
