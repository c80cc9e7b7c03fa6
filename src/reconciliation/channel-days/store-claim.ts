// SQL of who works on a day: one at a time. A claim is a number that goes up; whoever holds an older one has lost the day
// and writes nothing more.

import type { Tx } from '../../platform/db/index.ts';
import type { DayKey, LineFault } from './day.ts';
import { FILE_COLUMNS, type FileRow } from './store-file.ts';
import type { TotalsText } from './totals.ts';

export interface Claim extends DayKey {
  readonly attempt: number;
}

/** A claim without a sign of life for so long is nobody's: its process died. */
export const IDLE_SECONDS = 30;

/** undefined: there is nothing to do, or somebody is at it. */
export async function claimDay(tx: Tx, { channelId, businessDate }: DayKey): Promise<Claim | undefined> {
  const [row] = await tx.query<{ attempt: number }>(
    `update reconciliation_day d set attempt = attempt + 1, is_claimed = true, touched_at = clock_timestamp()
      where channel_id = $1 and business_date = $2
        and (not is_claimed or touched_at < clock_timestamp() - make_interval(secs => ${IDLE_SECONDS}))
        and (match_again or exists (select from channel_file f
              where f.channel_id = $1 and f.business_date = $2 and f.state = 'loading'))
     returning attempt`,
    [channelId, businessDate],
  );
  return row && { channelId, businessDate, attempt: row.attempt };
}

/** The oldest file that waits, else the one in force. */
export async function fileToMatch(tx: Tx, { channelId, businessDate }: DayKey): Promise<FileRow | undefined> {
  const [row] = await tx.query<FileRow>(
    `select ${FILE_COLUMNS} from channel_file
      where channel_id = $1 and business_date = $2 and (state = 'loading'
         or version = (select version from reconciliation_day where channel_id = $1 and business_date = $2 and match_again))
      order by state = 'loading' desc, version limit 1`,
    [channelId, businessDate],
  );
  return row;
}

/** A sign of life. False: the day is another's. */
export async function touchClaim(tx: Tx, claim: Claim): Promise<boolean> {
  const rows = await tx.query(
    `update reconciliation_day set touched_at = clock_timestamp() where ${HELD} returning 1`,
    held(claim),
  );
  return rows.length === 1;
}

/** Keeps the claim until the transaction ends. False: the day is another's. */
export async function shareClaim(tx: Tx, claim: Claim): Promise<boolean> {
  const rows = await tx.query(`select from reconciliation_day where ${HELD} for share`, held(claim));
  return rows.length === 1;
}

/** False: the day is another's. */
export async function releaseClaim(tx: Tx, claim: Claim): Promise<boolean> {
  const rows = await tx.query(
    `update reconciliation_day set is_claimed = false where ${HELD} returning 1`,
    held(claim),
  );
  return rows.length === 1;
}

export interface Finished {
  readonly file: FileRow;
  readonly lines: number;
  readonly isFinal: boolean;
  readonly totals: readonly TotalsText[];
}

/** The version is in force. False: the day is another's. */
export async function markMatched(tx: Tx, claim: Claim, finished: Finished): Promise<boolean> {
  const { file, lines, isFinal, totals } = finished;
  const rows = await tx.query(
    `update reconciliation_day set version = $4, is_final = $5, totals = $6, matched_at = business_now(), match_again = false,
            is_claimed = false, balanced_at = null
      where ${HELD} returning 1`,
    [...held(claim), file.version, isFinal, JSON.stringify(totals)],
  );
  if (rows.length === 0) return false;
  await tx.query(
    `update channel_file set state = 'matched', lines = $4, done_at = coalesce(done_at, business_now())
      where channel_id = $1 and business_date = $2 and file_id = $3`,
    [claim.channelId, claim.businessDate, file.file_id, lines],
  );
  return true;
}

/** What was in force stays so. False: the day is another's. */
export async function markFailed(
  tx: Tx,
  claim: Claim,
  { file_id }: FileRow,
  faults: readonly LineFault[],
): Promise<boolean> {
  if (!(await releaseClaim(tx, claim))) return false;
  await tx.query(
    `update channel_file set state = 'failed', faults = $4, done_at = business_now()
      where channel_id = $1 and business_date = $2 and file_id = $3`,
    [claim.channelId, claim.businessDate, file_id, JSON.stringify(faults)],
  );
  return true;
}

const HELD = 'channel_id = $1 and business_date = $2 and attempt = $3 and is_claimed';

function held({ channelId, businessDate, attempt }: Claim): [number, string, number] {
  return [channelId, businessDate, attempt];
}
