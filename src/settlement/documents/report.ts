// A settlement as its reports tell it: the batch, its splits with names, and the remittances as they were planned at
// the close. Everything in it was written once, so that every report made of it says the same for ever.

import { type Language } from '../../platform/http/index.ts';
import type { Names } from '../../billers/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import type { Batch, Dimension, NamesByCode, Split } from '../batch.ts';
import { nameIn, WORDS, type Words } from './words/index.ts';

export interface PlannedRemittance {
  /** Empty: to the biller's own account. */
  readonly unit: string;
  readonly amountMinor: bigint;
  readonly valueDate: BusinessDate;
  readonly late: boolean;
  readonly endToEndId: string;
  readonly holder: string;
  /** Masked; empty while no account was set. */
  readonly account: string;
}

export interface SettlementReport {
  readonly batch: Batch;
  /** The first is the total. */
  readonly splits: readonly Split[];
  readonly remittances: readonly PlannedRemittance[];
}

/** The dimensions that reports show, in their order. */
export const SHOWN_DIMENSIONS = [
  'unit',
  'service',
  'channel',
  'outlet-kind',
  'method',
  'budget-line',
] as const satisfies readonly Dimension[];

/** Splits of a dimension; none when everything of it is of none. */
export function splitsOf({ splits }: SettlementReport, dimension: Dimension): Split[] {
  const those = splits.filter((split) => split.dimension === dimension);
  return those.length === 1 && those[0]?.key === '' ? [] : those;
}

/** The name of a split's key in a language; its code where it has none. */
export function nameOf(
  split: Pick<Split, 'dimension' | 'key'>,
  names: NamesByCode,
  language: Language,
): string {
  const words = WORDS[language];
  if (split.key === '') return words.none;
  const name = namesOf(split.dimension, names)?.[split.key];
  if (name !== undefined) return nameIn(name, language);
  return wordOf(words, split.key);
}

/** A word of ours in the reader's language, or what it is when it is none of ours. */
export function wordOf(words: Words, code: string): string {
  return code in words.words ? words.words[code as keyof Words['words']] : code;
}

function namesOf(dimension: Dimension, names: NamesByCode): Readonly<Record<string, Names>> | undefined {
  switch (dimension) {
    case 'unit':
      return names.units;
    case 'service':
      return names.services;
    case 'channel':
      return names.channels;
    case 'budget-line':
      return names.budgetLines;
    case 'total':
    case 'outlet-kind':
    case 'method':
      return undefined;
  }
}
