// SQL of the channels room: channels and agreements. Keys have a store of their own (credentials/).

import type { Tx } from '../platform/db/index.ts';
import type { AgreementVersion, Channel, ChannelKind, Terms } from './channel.ts';
import type { Names } from '../billers/index.ts';

interface ChannelRow {
  channel_id: number;
  code: string;
  name: Names;
  kind: ChannelKind;
  status: string;
  funding: 'postpaid' | 'prefunded';
  limit_per_payment: Record<string, string>;
  limit_per_day: Record<string, string>;
  credit_limit: Record<string, string>;
  sees_names: boolean;
  rate_limit: number;
}

export async function loadChannels(tx: Tx): Promise<Channel[]> {
  const rows = await tx.query<ChannelRow>('select * from channel order by channel_id');
  return rows.map((row) => ({
    channelId: row.channel_id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    suspended: row.status === 'suspended',
    funding: row.funding,
    limitPerPayment: minorUnits(row.limit_per_payment),
    limitPerDay: minorUnits(row.limit_per_day),
    creditLimit: minorUnits(row.credit_limit),
    seesNames: row.sees_names,
    rateLimit: row.rate_limit,
  }));
}

/** Limits are kept as text in jsonb, since a JSON number would pass through a float. */
function minorUnits(limits: Record<string, string>): Record<string, bigint> {
  return Object.fromEntries(Object.entries(limits).map(([currency, minor]) => [currency, BigInt(minor)]));
}

export interface AgreementRow extends AgreementVersion {
  readonly billerId: number;
  readonly channelId: number;
}

/** Versions that a payment may still need: the newest of each pair, and those in force within the last two days. */
export async function loadAgreements(tx: Tx): Promise<AgreementRow[]> {
  const rows = await tx.query<{
    biller_id: number;
    channel_id: number;
    version: number;
    recorded_at: Date;
    terms: Terms | null;
  }>(
    `select * from (
       select a.*, lead(recorded_at) over (partition by biller_id, channel_id order by version) as until
         from agreement a) v
      where v.until is null or v.until > business_now() - interval '2 days'
      order by biller_id, channel_id, version`,
  );
  return rows.map((row) => ({
    billerId: row.biller_id,
    channelId: row.channel_id,
    version: row.version,
    recordedAt: row.recorded_at,
    terms: row.terms ?? undefined,
  }));
}

export async function readRevision(tx: Tx): Promise<bigint> {
  const [row] = await tx.query<{ revision: bigint }>('select revision from configuration');
  if (row === undefined) throw new Error('the configuration row is missing: run the migrations');
  return row.revision;
}
