// A channel's day as the channel and the operator see it, all of it as at one moment, for a worker may be matching it.
// Another channel's day does not exist.

import { refuse, type Refusal } from '../../kernel/errors.ts';
import type { Database } from '../../platform/db/index.ts';
import type { DayKey } from './day.ts';
import type { DayAnswer } from './schema.ts';
import { countBreaks, findDay, readVersions, type DayRow } from './store-day.ts';
import type { FileRow } from './store-file.ts';

const MOST_VERSIONS = 100;
/** From the last cut-off of a date until it has to be balanced (docs/operations.md). */
export const BALANCE_WITHIN_MS = 2 * 86_400_000;

/** Refuses `reconciliation-not-found`: nobody has sent a file of this date. */
export async function showDay(
  database: Database,
  day: DayKey & { readonly channelCode: string },
): Promise<DayAnswer | Refusal> {
  const { businessDate, channelCode } = day;
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const versions = await readVersions(tx, day, MOST_VERSIONS);
    const [latest] = versions;
    if (latest === undefined) return refuse('reconciliation-not-found', { businessDate });
    const row = await findDay(tx, day);
    return {
      businessDate,
      channelCode,
      ...standingOf(latest.state, row),
      version: row?.version ?? null,
      matchedAt: instant(row?.matched_at),
      totals: row?.totals ?? [],
      breaks: await countBreaks(tx, day),
      faults: latest.faults ?? [],
      versions: versions.map(versionOf),
    };
  });
}

type Standing = Pick<DayAnswer, 'state' | 'final' | 'balanced' | 'balancedAt' | 'balanceBy'>;

/** `latest`: the state of the latest file, which may change what was final before it while it is on its way. */
export function standingOf(
  latest: FileRow['state'],
  row: Pick<DayRow, 'is_final' | 'balanced_at' | 'over_at'> | undefined,
): Standing {
  const overAt = row?.over_at?.getTime();
  const isFinal = row?.is_final === true && latest !== 'receiving' && latest !== 'loading';
  const balancedAt = isFinal ? instant(row.balanced_at) : null;
  return {
    state: latest === 'matched' && row?.is_final !== true ? 'provisional' : latest,
    final: isFinal,
    balanced: balancedAt !== null,
    balancedAt,
    balanceBy: overAt === undefined ? null : new Date(overAt + BALANCE_WITHIN_MS).toISOString(),
  };
}

function versionOf(file: FileRow): DayAnswer['versions'][number] {
  return {
    version: file.version,
    state: file.state,
    format: file.format,
    bytes: Number(file.bytes),
    sha256: file.sha256?.toString('hex') ?? null,
    lines: file.lines === null ? null : Number(file.lines),
    broughtBy: file.brought_by,
    receivedAt: file.received_at.toISOString(),
    doneAt: instant(file.done_at),
  };
}

function instant(at: Date | null | undefined): string | null {
  return at?.toISOString() ?? null;
}
