// One transaction for a group of payments: begin, lock and load in one round trip; decide; record and commit in
// another. Throws `CommitLost` when the connection died after the commit was sent, and only then is the outcome
// unknown; any other error means that nothing of the group was written.

import type pg from 'pg';
import { lockBills } from '../bills/index.ts';
import {
  lockChannels,
  readPositions,
  readUsage,
  spend,
  use,
  type Directory,
  type Snapshot,
} from '../channels/index.ts';
import { BEGIN_LOOKUPS, CommitLost, isConnectionLoss, txOf, type Tx } from '../platform/db/index.ts';
import { billNumbersOf, type PaymentCommand } from './command.ts';
import { decide, type Decision } from './decide.ts';
import { Effects } from './effects.ts';
import { billKey, type Facts } from './facts.ts';
import { isWithBiller } from './payment.ts';
import { factsOf } from './read-facts.ts';
import { addCredit, type Credited } from './store-credit.ts';
import { loadReferences, lockDays } from './store-load.ts';
import { recordPayments } from './store-record.ts';

export interface Decided {
  readonly decision: Decision;
  /** The answer's body when the command was paid by this group. */
  readonly answer: string | undefined;
}

/** The configuration changed since the snapshot was read: reload it and decide again. */
export class StaleDirectory extends Error {}

export interface GroupTerms {
  /** Which balance rows are written. */
  readonly lane: number;
  /** How long to wait for a lock that somebody else holds; then the group fails with SQLSTATE 55P03. */
  readonly patienceMs: number;
}

/**
 * Decides and records the commands in order, all in one transaction. `lane` owns the balance rows it writes.
 * Locks: bills, configuration and business days (shared), channels with limited funds, credit, references, balances.
 */
export async function commitGroup(
  client: pg.Client,
  commands: readonly PaymentCommand[],
  directory: Directory,
  { lane, patienceMs }: GroupTerms,
): Promise<Decided[]> {
  const tx = txOf(client);
  const facts = await lockAndLoad(client, tx, commands, directory.current, patienceMs);
  const effects = new Effects();
  let decided: Decided[];
  try {
    decided = commands.map((command) => {
      const decision = decide(command, facts);
      return { decision, answer: effects.apply(command, decision, facts) };
    });
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
  if (effects.empty) await client.query('rollback');
  else await recordAndCommit(client, tx, effects, facts.nowText, lane);
  return decided;
}

async function lockAndLoad(
  client: pg.Client,
  tx: Tx,
  commands: readonly PaymentCommand[],
  snapshot: Snapshot,
  patienceMs: number,
): Promise<Facts> {
  const limited = limitedChannels(commands, snapshot);
  const pending = [
    client.query(`${BEGIN_LOOKUPS}; set local lock_timeout = ${patienceMs}`),
    lockBills(tx, wantedBills(commands)),
    lockDays(tx, billersOf(commands)),
    limited.length > 0 ? lockChannels(tx, limited) : undefined,
    loadReferences(tx, commands),
    limited.length > 0 ? readPositions(tx, limited) : [],
    limited.length > 0 ? readUsage(tx, limited) : [],
  ] as const;
  const [, ...loaded] = await allOrRollback(client, pending);
  const facts = factsOf(loaded, snapshot);
  if (facts !== undefined) return facts;
  await client.query('rollback');
  throw new StaleDirectory();
}

/**
 * The same in a transaction that is open already, on a connection that sends one statement at a time. `billers`: whose
 * days are locked besides those of the commands.
 */
export async function loadFacts(
  tx: Tx,
  commands: readonly PaymentCommand[],
  snapshot: Snapshot,
  billers: readonly number[] = [],
): Promise<Facts> {
  const limited = limitedChannels(commands, snapshot);
  const bills = await lockBills(tx, wantedBills(commands));
  const days = await lockDays(tx, [...new Set([...billersOf(commands), ...billers])]);
  if (limited.length > 0) await lockChannels(tx, limited);
  const references = await loadReferences(tx, commands);
  const positions = limited.length > 0 ? await readPositions(tx, limited) : [];
  const usage = limited.length > 0 ? await readUsage(tx, limited) : [];
  const facts = factsOf([bills, days, undefined, references, positions, usage], snapshot);
  if (facts === undefined) throw new StaleDirectory();
  return facts;
}

function billersOf(commands: readonly PaymentCommand[]): number[] {
  return [...new Set(commands.map((c) => c.billerId))];
}

/** Pipelined statements fail one by one; the first error is the cause, and the transaction is closed before it is thrown. */
async function allOrRollback<T extends readonly unknown[]>(
  client: pg.Client,
  pending: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(pending);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    if (!isConnectionLoss(failed.reason)) await client.query('rollback');
    throw failed.reason;
  }
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as {
    -readonly [K in keyof T]: Awaited<T[K]>;
  };
}

/** What writes down what was decided, in order; the lane sends all of it at once. */
export function recording(tx: Tx, effects: Effects, now: string, lane: number): (() => Promise<unknown>)[] {
  const credited: Credited[] = effects.payments
    .map(({ payment }) => payment)
    .filter((payment) => payment.status === 'credited')
    .map((payment) => ({ ...payment, isWithBiller: isWithBiller(payment) }));
  credited.push(...effects.held);
  return [
    ...(effects.spent.size > 0 ? [() => spend(tx, [...effects.spent.values()])] : []),
    ...(effects.used.size > 0 ? [() => use(tx, [...effects.used.values()])] : []),
    ...(credited.length > 0 ? [() => addCredit(tx, credited)] : []),
    () => recordPayments(tx, effects, now, lane),
  ];
}

async function recordAndCommit(
  client: pg.Client,
  tx: Tx,
  effects: Effects,
  now: string,
  lane: number,
): Promise<void> {
  const written = recording(tx, effects, now, lane).map((write) => write());
  const commit = client.query('commit');
  const settled = await Promise.allSettled(written);
  const failed = settled.find((result) => result.status === 'rejected');
  try {
    const { command } = await commit;
    if (command === 'COMMIT') return;
  } catch (error) {
    // The server refused the commit itself, and so rolled back: a full disk, a check that waits for the commit.
    if (failed === undefined && !isConnectionLoss(error)) throw error;
    // A statement that failed for a reason of its own made the server roll back before it saw the commit.
    if (failed === undefined || isConnectionLoss(failed.reason)) throw new CommitLost(error);
  }
  throw failed?.reason ?? new Error('the server rolled the group back without an error');
}

function wantedBills(commands: readonly PaymentCommand[]): { billerId: number; billNumber: string }[] {
  const wanted = new Map<string, { billerId: number; billNumber: string }>();
  for (const command of commands) {
    for (const billNumber of billNumbersOf(command)) {
      wanted.set(billKey(command.billerId, billNumber), { billerId: command.billerId, billNumber });
    }
  }
  return [...wanted.values()];
}

/** Channels whose funds can run out, sorted; the others share nothing that would have to be locked. */
function limitedChannels(commands: readonly PaymentCommand[], snapshot: Snapshot): number[] {
  const ids = new Set<number>();
  for (const { channelId } of commands) {
    const channel = snapshot.channelsById.get(channelId);
    if (channel?.funding === 'prefunded' || hasAny(channel?.creditLimit) || hasAny(channel?.limitPerDay))
      ids.add(channelId);
  }
  return [...ids].sort((a, b) => a - b);
}

function hasAny(limits: Readonly<Record<string, bigint>> | undefined): boolean {
  for (const _ in limits) return true;
  return false;
}
