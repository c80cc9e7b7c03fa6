// A channel's day, from the bytes of its file to breaks: the file is read whole, matched at once, and what the two sides
// do not say alike is opened, lot by lot. Killed anywhere and started again it comes to the same: nothing of the file
// counts before the last lot.

import type { Database } from '../../platform/db/index.ts';
import { dropStaging } from './drop-staging.ts';
import { keepClaim } from './keep-claim.ts';
import type { DayKey, LineFault } from './day.ts';
import { openFound } from './open-found.ts';
import { stageFile, type Staged } from './stage-file.ts';
import {
  claimDay,
  fileToMatch,
  markFailed,
  markMatched,
  releaseClaim,
  shareClaim,
  type Claim,
} from './store-claim.ts';
import type { FileRow } from './store-file.ts';
import { areSealed, billersOf, findRepeated, findUnlike, planForSets } from './store-match.ts';
import { createStaging, findStaging, mustBeStaged, StagingLost, tablesOf } from './store-staging.ts';
import { totalsText, type Side } from './totals.ts';

/** `elsewhere`: another worker has the day, or nothing is left to do. `stopped`: the signal came; the day waits. */
export type MatchOutcome = 'matched' | 'failed' | 'elsewhere' | 'stopped';

export interface MatchOptions {
  readonly signal?: AbortSignal | undefined;
  /** After each thing that has been committed. */
  readonly onStep?: (() => void) | undefined;
}

/** The server came back without its unlogged rows so often during one day file. */
const LOST_AT_MOST = 3;

/** More is not a file with errors but another day's, and would be that much work for persons. */
export const MOST_UNLIKE = 100_000;

/** All that waits of a day, file after file; the last outcome. Throws on faults of the database that may pass. */
export async function matchDay(
  database: Database,
  day: DayKey,
  options: MatchOptions = {},
): Promise<MatchOutcome> {
  let outcome: MatchOutcome = 'elsewhere';
  for (let lost = 0; lost < LOST_AT_MOST;) {
    const claim = await database.transaction((tx) => claimDay(tx, day));
    if (claim === undefined) return outcome;
    try {
      outcome = await keepClaim(database, claim, options.signal, (held) =>
        matchNext(database, claim, held, options),
      );
    } catch (error) {
      if (!(error instanceof StagingLost)) throw error;
      lost += 1;
      await release(database, claim, outcome);
    }
    if (outcome === 'stopped') return outcome;
  }
  throw new Error(`staged lines of ${day.businessDate} were lost again and again`);
}

async function matchNext(
  database: Database,
  claim: Claim,
  held: AbortSignal,
  { signal, onStep }: MatchOptions,
): Promise<MatchOutcome> {
  await dropStaging(database, (tx) => findStaging(tx, claim));
  const file = await database.transaction(async (tx) => {
    if (!(await shareClaim(tx, claim))) return undefined;
    await createStaging(tx, claim);
    return fileToMatch(tx, claim);
  });
  if (file === undefined) return release(database, claim, 'elsewhere');
  onStep?.();
  const staged = await stageFile(database, claim, file, { signal: held, onStep });
  if (signal?.aborted) return release(database, claim, 'stopped');
  if (held.aborted) return 'elsewhere';
  if (staged.faults.length > 0) return fail(database, claim, file, staged.faults);
  const match = await compare(database, claim, staged);
  onStep?.();
  const isFirst = file.state === 'loading';
  if (isFirst && match.unlike + match.repeated > MOST_UNLIKE)
    return fail(database, claim, file, [tooMany(match)]);
  const sums = { ours: staged.theirs.copy(), matched: staged.theirs.copy() };
  for (const { currency, side } of match.more)
    for (const each of Object.values(sums)) each.take(currency, side);
  if (!(await openFound(database, claim, match, { ...sums, signal: held, onStep })))
    return signal?.aborted ? release(database, claim, 'stopped') : 'elsewhere';
  const totals = totalsText({ theirs: staged.theirs, ...sums });
  const finished = { file, lines: staged.lines, isFinal: match.isFinal, totals };
  const isOurs = await database.transaction(async (tx) => {
    await mustBeStaged(tx, tablesOf(claim));
    return markMatched(tx, claim, finished);
  });
  if (!isOurs) return 'elsewhere';
  await dropStaging(database, (tx) => findStaging(tx, claim));
  return 'matched';
}

interface Compared {
  /** References that are not plainly alike, and those that come more than once. */
  readonly unlike: number;
  readonly repeated: number;
  /** What the lines come to that repeat a reference. */
  readonly more: readonly { readonly currency: string; readonly side: Side }[];
  readonly isFinal: boolean;
}

async function compare(database: Database, claim: Claim, { mayRepeat }: Staged): Promise<Compared> {
  const tables = tablesOf(claim);
  return database.transaction(async (tx) => {
    await mustBeStaged(tx, tables);
    const billers = await billersOf(tx, claim.channelId);
    // Before the payments are read: what is sealed now holds all that it ever will.
    const isFinal = await areSealed(tx, billers, claim.businessDate);
    await planForSets(tx);
    const unlike = await findUnlike(tx, tables, claim, billers);
    const { count, more } = mayRepeat ? await findRepeated(tx, tables) : { count: 0, more: [] };
    return { unlike, repeated: count, more, isFinal };
  });
}

function tooMany({ unlike, repeated }: Compared): LineFault {
  const detail = `${unlike + repeated} lines and payments do not agree, ${MOST_UNLIKE} are the most: is it the file of this day?`;
  return { line: null, field: '', detail };
}

async function fail(
  database: Database,
  claim: Claim,
  file: FileRow,
  faults: readonly LineFault[],
): Promise<MatchOutcome> {
  if (!(await database.transaction((tx) => markFailed(tx, claim, file, faults)))) return 'elsewhere';
  await dropStaging(database, (tx) => findStaging(tx, claim));
  return 'failed';
}

async function release<Outcome>(database: Database, claim: Claim, outcome: Outcome): Promise<Outcome> {
  await database.transaction((tx) => releaseClaim(tx, claim));
  return outcome;
}
