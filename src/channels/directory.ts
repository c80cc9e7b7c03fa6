// Who is who: billers, channels, agreements and keys as one immutable snapshot in memory. Remember: a snapshot
// carries the revision it was read at; groups of payments share-lock the revision and reload when theirs is old,
// so a suspension or a new limit holds from the moment it commits. Everyone else looks once a second.

import type { Biller } from '../billers/index.ts';
import { loadBillers } from '../billers/index.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import type { AgreementVersion, Channel } from './channel.ts';
import { compileTerms, type CompiledTerms } from './fees.ts';
import { loadAgreements, loadChannels, readRevision } from './store.ts';

export interface CompiledAgreement extends AgreementVersion {
  readonly compiled: CompiledTerms | undefined;
}

export interface Snapshot {
  readonly revision: bigint;
  readonly billersByCode: ReadonlyMap<string, Biller>;
  readonly billersById: ReadonlyMap<number, Biller>;
  readonly channelsByCode: ReadonlyMap<string, Channel>;
  readonly channelsById: ReadonlyMap<number, Channel>;
  /** Versions by `agreementKey`, oldest first. */
  readonly agreements: ReadonlyMap<number, readonly CompiledAgreement[]>;
}

export function agreementKey(billerId: number, channelId: number): number {
  return billerId * 100_000 + channelId;
}

export class Directory {
  readonly #database: Database;
  #snapshot: Snapshot;
  #reloading: Promise<void> | undefined;
  readonly #listeners: ((tx: Tx) => Promise<void>)[] = [];

  private constructor(database: Database, snapshot: Snapshot) {
    this.#database = database;
    this.#snapshot = snapshot;
  }

  static async open(database: Database): Promise<Directory> {
    return new Directory(database, await database.transaction(readSnapshot));
  }

  get current(): Snapshot {
    return this.#snapshot;
  }

  /** Has something of its own read again with every reload (keys, for one), now and later. */
  async follow(read: (tx: Tx) => Promise<void>): Promise<void> {
    this.#listeners.push(read);
    await this.#database.transaction(read);
  }

  /** Reads everything again; callers at the same moment share one reading. */
  reload(): Promise<void> {
    this.#reloading ??= this.#read().finally(() => (this.#reloading = undefined));
    return this.#reloading;
  }

  /** Reloads when the database's revision has moved. */
  async refresh(): Promise<void> {
    const revision = await this.#database.transaction(readRevision);
    if (revision !== this.#snapshot.revision) await this.reload();
  }

  async #read(): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const snapshot = await readSnapshot(tx);
      for (const read of this.#listeners) await read(tx);
      this.#snapshot = snapshot;
    });
  }
}

/** The revision is read first: a change in between makes the snapshot look old, and it is read again. */
async function readSnapshot(tx: Tx): Promise<Snapshot> {
  const revision = await readRevision(tx);
  const billers = await loadBillers(tx);
  const channels = await loadChannels(tx);
  const billersById = new Map(billers.map((biller) => [biller.billerId, biller]));
  const agreements = new Map<number, CompiledAgreement[]>();
  for (const row of await loadAgreements(tx)) {
    const key = agreementKey(row.billerId, row.channelId);
    const currency = billersById.get(row.billerId)?.currency ?? 'XXX';
    const versions = agreements.get(key) ?? [];
    versions.push({
      ...row,
      compiled: row.terms === undefined ? undefined : compileTerms(row.terms, currency),
    });
    agreements.set(key, versions);
  }
  return {
    revision,
    billersById,
    billersByCode: new Map(billers.map((biller) => [biller.code, biller])),
    channelsById: new Map(channels.map((channel) => [channel.channelId, channel])),
    channelsByCode: new Map(channels.map((channel) => [channel.code, channel])),
    agreements,
  };
}
