// SQL by which the operator changes channels and agreements. The configuration comes before the channel's row in the
// order of locks, as groups of payments take them.

import type { Names } from '../billers/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Terms } from './channel.ts';
import {
  showLimits,
  type ChannelSettings,
  type CheckedSettings,
  type MinorLimits,
} from './channel-settings.ts';

export async function timeOfBooks(tx: Tx): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('select business_now() as now');
  if (row === undefined) throw new Error('business_now() gave no row');
  return row.now;
}

export async function findChannelId(tx: Tx, code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ channel_id: number }>('select channel_id from channel where code = $1', [
    code,
  ]);
  return row?.channel_id;
}

/** undefined: no such channel. Payments that spend its limited funds wait. */
export async function lockChannel(tx: Tx, code: string): Promise<number | undefined> {
  const [row] = await tx.query<{ channel_id: number }>(
    'select channel_id from channel where code = $1 for no key update',
    [code],
  );
  return row?.channel_id;
}

export async function findBiller(
  tx: Tx,
  code: string,
): Promise<{ billerId: number; currency: string } | undefined> {
  const [row] = await tx.query<{ biller_id: number; currency: string }>(
    'select biller_id, currency from biller where code = $1',
    [code],
  );
  return row && { billerId: row.biller_id, currency: row.currency };
}

const COLUMNS =
  'name, kind, funding, limit_per_payment, limit_per_day, credit_limit, sees_names, rate_limit, owed_after_days';
const VALUES =
  '$2::jsonb, $3::text, $4::text, $5::jsonb, $6::jsonb, $7::jsonb, $8::boolean, $9::int, $10::int';

/** The configuration is locked: the next number is free. */
export async function insertChannel(tx: Tx, code: string, settings: CheckedSettings): Promise<number> {
  const [row] = await tx.query<{ channel_id: number }>(
    `insert into channel (channel_id, code, ${COLUMNS}) select coalesce(max(channel_id), 0) + 1, $1, ${VALUES} from channel
     returning channel_id`,
    [code, ...valuesOf(settings)],
  );
  if (row === undefined) throw new Error('the channel was not inserted');
  return row.channel_id;
}

/** Moves the configuration's revision, and so waits for the payments decided under the old settings. */
export async function updateChannel(tx: Tx, channelId: number, settings: CheckedSettings): Promise<void> {
  await tx.query(`update channel set (${COLUMNS}) = (${VALUES}) where channel_id = $1`, [
    channelId,
    ...valuesOf(settings),
  ]);
}

function valuesOf(s: CheckedSettings): unknown[] {
  const limits = (minors: MinorLimits): string =>
    JSON.stringify(
      Object.fromEntries(Object.entries(minors).map(([currency, minor]) => [currency, minor.toString()])),
    );
  return [
    JSON.stringify(s.name),
    s.kind,
    s.funding,
    limits(s.limitPerPayment),
    limits(s.limitPerDay),
    limits(s.creditLimit),
    s.seesNames,
    s.rateLimit,
    s.owedAfterDays,
  ];
}

/** False: it had that status already. */
export async function updateStatus(
  tx: Tx,
  channelId: number,
  status: 'active' | 'suspended',
): Promise<boolean> {
  const rows = await tx.query(
    'update channel set status = $2 where channel_id = $1 and status <> $2 returning 1',
    [channelId, status],
  );
  return rows.length === 1;
}

interface SettingsRow extends Pick<ChannelSettings, 'name' | 'kind' | 'funding'> {
  code: string;
  status: 'active' | 'suspended';
  limit_per_payment: Record<string, string>;
  limit_per_day: Record<string, string>;
  credit_limit: Record<string, string>;
  sees_names: boolean;
  rate_limit: number;
  owed_after_days: number;
}

/** Settings as the operator wrote them, limits as decimal strings. */
export async function channelSettings(
  tx: Tx,
  channelId: number,
): Promise<{ code: string; status: 'active' | 'suspended'; settings: ChannelSettings }> {
  const [row] = await tx.query<SettingsRow>(
    `select code, status, ${COLUMNS} from channel where channel_id = $1`,
    [channelId],
  );
  if (row === undefined) throw new Error(`channel ${channelId} is not there`);
  const decimal = (minors: Record<string, string>): Record<string, string> =>
    showLimits(
      Object.fromEntries(Object.entries(minors).map(([currency, minor]) => [currency, BigInt(minor)])),
    );
  const settings: ChannelSettings = {
    name: row.name,
    kind: row.kind,
    funding: row.funding,
    limitPerPayment: decimal(row.limit_per_payment),
    limitPerDay: decimal(row.limit_per_day),
    creditLimit: decimal(row.credit_limit),
    seesNames: row.sees_names,
    rateLimit: row.rate_limit,
    owedAfterDays: row.owed_after_days,
  };
  return { code: row.code, status: row.status, settings };
}

/** What `channel show` prints and the audit log keeps. */
export interface ChannelRecord extends ChannelSettings {
  readonly channelId: number;
  readonly code: string;
  readonly status: 'active' | 'suspended';
}

export async function channelRecord(tx: Tx, channelId: number): Promise<ChannelRecord> {
  const { code, status, settings } = await channelSettings(tx, channelId);
  return { channelId, code, status, ...settings };
}

export async function channelIds(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ channel_id: number }>('select channel_id from channel order by channel_id');
  return rows.map((row) => row.channel_id);
}

export interface AgreementRecord {
  readonly version: number;
  readonly recordedAt: Date;
  readonly terms: Terms | null;
}

/** Every version, the newest first. */
export async function agreementVersions(
  tx: Tx,
  billerId: number,
  channelId: number,
): Promise<AgreementRecord[]> {
  const rows = await tx.query<{ version: number; recorded_at: Date; terms: Terms | null }>(
    'select version, recorded_at, terms from agreement where biller_id = $1 and channel_id = $2 order by version desc',
    [billerId, channelId],
  );
  return rows.map((row) => ({ version: row.version, recordedAt: row.recorded_at, terms: row.terms }));
}

export interface StandingAgreement extends AgreementRecord {
  readonly channelCode: string;
  readonly channelName: Names;
  readonly channelStatus: 'active' | 'suspended';
}

/** The newest version with each channel that there ever was one with, by the channel's code. */
export async function standingAgreements(tx: Tx, billerId: number): Promise<StandingAgreement[]> {
  const rows = await tx.query<{
    standing: Omit<StandingAgreement, 'recordedAt' | 'terms'>;
    recorded_at: Date;
    terms: Terms | null;
  }>(
    `select distinct on (c.code) a.recorded_at, a.terms,
            json_build_object('channelCode', c.code, 'channelName', c.name, 'channelStatus', c.status, 'version', a.version) as standing
       from agreement a join channel c using (channel_id)
      where a.biller_id = $1 order by c.code, a.version desc`,
    [billerId],
  );
  return rows.map((row) => ({ ...row.standing, recordedAt: row.recorded_at, terms: row.terms }));
}

export async function insertAgreement(
  tx: Tx,
  billerId: number,
  channelId: number,
  record: AgreementRecord,
): Promise<void> {
  await tx.query(
    'insert into agreement (biller_id, channel_id, version, recorded_at, terms) values ($1, $2, $3, $4, $5)',
    [
      billerId,
      channelId,
      record.version,
      record.recordedAt,
      record.terms === null ? null : JSON.stringify(record.terms),
    ],
  );
}
