// SQL of the lines of a file while they are matched: unlogged tables of one attempt, in the schema `staging`. They are
// rebuilt from the file's bytes by whoever comes after a killed worker, so nothing of them has to survive.

import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from '../../platform/db/index.ts';
import type { DayKey } from './day.ts';
import type { Claim } from './store-claim.ts';

export interface StagingTables {
  readonly lines: string;
  readonly unlike: string;
  readonly again: string;
  readonly repeated: string;
  readonly said: string;
}

/** Made of numbers alone, so they are written into the statements as they are. */
export function tablesOf(claim: Claim): StagingTables {
  const name = `staging.${prefixOf(claim)}${claim.attempt}`;
  return {
    lines: `${name}_lines`,
    unlike: `${name}_unlike`,
    again: `${name}_again`,
    repeated: `${name}_repeated`,
    said: `${name}_said`,
  };
}

function prefixOf({ channelId, businessDate }: DayKey): string {
  return `day_${channelId}_${businessDate.replaceAll('-', '')}_`;
}

/** As row-writer.ts writes them. `again`: the reference may have come before. `more`: JSON, read for persons alone. */
const LINE_COLUMNS = `line integer not null, reference text not null, currency text not null, amount_minor bigint not null,
  status text not null, fee_minor bigint, business_date date, more text, again boolean not null`;

export async function createStaging(tx: Tx, claim: Claim): Promise<void> {
  const { lines, repeated, said } = tablesOf(claim);
  await tx.query(`create unlogged table ${lines} (${LINE_COLUMNS}) with (autovacuum_enabled = off)`);
  await tx.query(
    `create unlogged table ${repeated} (n bigint, reference text not null, first_line integer not null, times integer not null)
       with (autovacuum_enabled = off)`,
  );
  await tx.query(
    `create unlogged table ${said} (biller_id integer not null, key text not null) with (autovacuum_enabled = off)`,
  );
  await tx.query(`insert into ${said} values (${MARK}, '')`);
}

/** Tables of attempts on the day up to this one. */
export function findStaging(tx: Tx, claim: Claim): Promise<{ name: string }[]> {
  return tx.query(
    `select format('staging.%I', tablename) as name from pg_tables
      where schemaname = 'staging' and starts_with(tablename, $1) and split_part(tablename, '_', 4)::int <= $2`,
    [prefixOf(claim), claim.attempt],
  );
}

/** Tables whose attempt nobody is at any more. */
export function findOrphans(tx: Tx): Promise<{ name: string }[]> {
  return tx.query(
    `select format('staging.%I', t.tablename) as name from pg_tables t
      where t.schemaname = 'staging' and not exists (
        select from reconciliation_day d
         where d.is_claimed and starts_with(t.tablename, format('day_%s_%s_%s_', d.channel_id, to_char(d.business_date, 'YYYYMMDD'), d.attempt)))`,
  );
}

/** `name` as it was found. One in a transaction: a worker that has lost the day may still be reading several. */
export async function dropTable(tx: Tx, name: string): Promise<void> {
  await tx.query(`drop table if exists ${name}`);
}

/** Rows as row-writer.ts writes them. May be lost with the server's last moments, as the table is. */
export async function copyLines(tx: Tx, { lines }: StagingTables, rows: readonly Buffer[]): Promise<void> {
  await tx.query('set local synchronous_commit = off');
  await pipeline(Readable.from(rows), tx.client.query(copyFrom(`copy ${lines} from stdin`)));
}

/** A server that comes back from a crash has emptied its unlogged tables, and so forgotten what is staged. */
export class StagingLost extends Error {
  override readonly name = 'StagingLost';
}

/** Throws `StagingLost`. */
export async function mustBeStaged(tx: Tx, { said }: StagingTables): Promise<void> {
  const rows = await tx.query(`select from ${said} where biller_id = ${MARK}`);
  if (rows.length === 0) throw new StagingLost('the server has lost the staged lines');
}

/** No biller: the row that says that the tables are as they were made. */
const MARK = -1;
