// One step of a sealed day: a run of its entries, summed and digested. A step is a function of rows that no longer
// change: whoever computes it, and whenever, gets the same.

import { createHash } from 'node:crypto';
import type { Uuid } from '../kernel/ids.ts';
import type { Tx } from '../platform/db/index.ts';
import { adjusted, paid, partsOf, rejected, reversed, type EntryLine } from './portions.ts';
import { readPaid, type EntryRange } from './store-paid.ts';
import { readUndone, type UndoneLine } from './store-undone.ts';
import { Tally, type TallyRow } from './sums.ts';

/** In the order in which a day is recorded, and its entries are listed (docs/settlement-digest.md). */
export const SOURCES = ['payment', 'reversal', 'rejection', 'adjustment'] as const;
export type Source = (typeof SOURCES)[number];

export interface Step {
  readonly source: Source;
  readonly throughId: Uuid;
  readonly entries: number;
  /** SHA-256. */
  readonly digest: Buffer;
  readonly sums: TallyRow[];
}

/** The entries of a source in a range; undefined: there are none. */
export async function readStep(tx: Tx, source: Source, range: EntryRange): Promise<Step | undefined> {
  return source === 'payment' ? paidStep(tx, range) : undoneStep(tx, source, range);
}

async function paidStep(tx: Tx, range: EntryRange): Promise<Step | undefined> {
  const { through, entries, digest, groups, split } = await readPaid(tx, range);
  if (through === null) return undefined;
  const tally = new Tally();
  for (const group of groups)
    tally.add(group.keys, paid({ ...group, entries: group.payments, bills: group.payments }));
  for (const lines of byEntry(split)) for (const part of partsOf(lines)) tally.add(part.keys, paid(part));
  return { source: 'payment', throughId: through, entries, digest, sums: tally.rows() };
}

async function undoneStep(
  tx: Tx,
  source: Exclude<Source, 'payment'>,
  range: EntryRange,
): Promise<Step | undefined> {
  const lines = await readUndone(tx, source, range);
  const last = lines.at(-1);
  if (last === undefined) return undefined;
  const tally = new Tally();
  const hash = createHash('sha256');
  let entries = 0;
  for (const entry of byEntry(lines)) {
    entries += 1;
    for (const { text } of entry) hash.update(`${text}\n`);
    addUndone(tally, source, entry);
  }
  return { source, throughId: last.entryId, entries, digest: hash.digest(), sums: tally.rows() };
}

function addUndone(tally: Tally, source: Exclude<Source, 'payment'>, entry: readonly UndoneLine[]): void {
  const [first] = entry;
  if (source === 'adjustment' && first !== undefined) return tally.add(first.keys, adjusted(first));
  const kind = first?.kind === 'adjustment' ? 'adjustment' : 'reversal';
  for (const part of partsOf(entry))
    tally.add(part.keys, source === 'reversal' ? reversed(part, kind) : rejected(part));
}

/** Lines come in the order of their entries. */
function* byEntry<Line extends EntryLine>(lines: readonly Line[]): Generator<Line[]> {
  let entry: Line[] = [];
  for (const line of lines) {
    if (entry.length > 0 && entry[0]?.entryId !== line.entryId) {
      yield entry;
      entry = [];
    }
    entry.push(line);
  }
  if (entry.length > 0) yield entry;
}
