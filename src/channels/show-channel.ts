// A channel and an agreement as the operator sees them: settings, what is left of float or credit, every version.

import { toText, type MoneyText } from '../kernel/money.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { AgreementParties } from './set-agreement.ts';
import {
  agreementVersions,
  channelIds,
  channelRecord,
  findBiller,
  findChannelId,
  type AgreementRecord,
  type ChannelRecord,
} from './store-change.ts';
import { positionsOf } from './store-position.ts';

/** `available`: what is left of float or credit, by currency. */
export interface ShownChannel extends ChannelRecord {
  readonly available: readonly MoneyText[];
}

/** undefined: there is no such channel. */
export function showChannel(database: Database, code: string): Promise<ShownChannel | undefined> {
  return database.transaction(async (tx) => {
    const channelId = await findChannelId(tx, code);
    return channelId === undefined ? undefined : withPositions(tx, channelId);
  });
}

export function listChannels(database: Database): Promise<object[]> {
  return database.transaction(async (tx) => {
    const records: object[] = [];
    for (const channelId of await channelIds(tx)) records.push(await withPositions(tx, channelId));
    return records;
  });
}

/** Newest version first; undefined: no such biller, or no such channel. */
export function showAgreement(
  database: Database,
  parties: AgreementParties,
): Promise<AgreementRecord[] | undefined> {
  return database.transaction(async (tx) => {
    const biller = await findBiller(tx, parties.billerCode);
    const channelId = await findChannelId(tx, parties.channelCode);
    return biller === undefined || channelId === undefined
      ? undefined
      : agreementVersions(tx, biller.billerId, channelId);
  });
}

async function withPositions(tx: Tx, channelId: number): Promise<ShownChannel> {
  const available: MoneyText[] = (await positionsOf(tx, channelId)).map((row) =>
    toText({ minor: row.available_minor, currency: row.currency }),
  );
  return { ...(await channelRecord(tx, channelId)), available };
}
