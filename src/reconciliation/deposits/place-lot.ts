// A lot of deposits in one transaction: whatever comes of them is written together with the word that they are placed, so
// that a process may be killed at any moment and another do the rest, and none is placed twice.

import type { Directory } from '../../channels/index.ts';
import { Till } from '../../payments/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { openBreaks } from '../breaks/index.ts';
import { commandOf, type PayingPlan } from './command.ts';
import type { DepositLine } from './deposit.ts';
import { placeLine, type Placed, type PlannedLine } from './place-line.ts';
import { DEPOSIT } from './served.ts';
import { insertMatches, lineKey, lockWaiting, markPlaced } from './store-lines.ts';

export interface LotTools {
  readonly directory: Directory;
  /** Whose balance rows are written. */
  readonly lane: number;
}

/**
 * Locks the lines that nobody else is placing, bills, configuration and days (shared), breaks, credit, references,
 * balances. Throws StaleDirectory and NoOpenDay, which `mendBooks` mends.
 */
export async function placeLot(tx: Tx, tools: LotTools, lot: readonly PlannedLine[]): Promise<void> {
  const waiting = await lockWaiting(
    tx,
    lot.map(({ line }) => line),
  );
  const lines = lot.filter(({ line }) => waiting.has(lineKey(line)));
  if (lines.length === 0) return;
  const { till, channelId } = await openTill(tx, tools.directory, lines);
  const placed = lines.map((each) => placeLine(till, channelId, each));
  await write(tx, till, placed, tools.lane);
}

async function write(tx: Tx, till: Till, placed: readonly Placed[], lane: number): Promise<void> {
  await openBreaks(
    tx,
    placed.flatMap(({ breaks }) => breaks),
    till.now,
  );
  await markPlaced(
    tx,
    placed.map(({ line }) => line),
    till.now,
  );
  await insertMatches(
    tx,
    placed.flatMap(({ matches }) => matches),
    till.now,
  );
  await till.record(tx, lane);
}

/** A till that knows the bills, references and days of these lines. */
export async function openTill(
  tx: Tx,
  directory: Directory,
  lines: readonly PlannedLine[],
): Promise<{ till: Till; channelId: number }> {
  const { channelsByCode, billersById } = directory.current;
  const channelId = channelsByCode.get(DEPOSIT)?.channelId;
  if (channelId === undefined) throw new Error(`there is no channel ${DEPOSIT}`);
  const commands = lines.flatMap(({ line, plan }) => {
    const biller = plan.kind === 'nobody' ? undefined : billersById.get(plan.billerId);
    if (biller === undefined || plan.kind === 'nobody' || plan.kind === 'payer') return [];
    const tender = { channelId, line, biller };
    return [
      commandOf(tender, plan, amountsOf(line, plan)),
      commandOf(tender, plan, amountsOf(line, plan), ':rest'),
    ];
  });
  const billers = lines.flatMap(({ plan }) => (plan.kind === 'payer' ? [plan.billerId] : []));
  return { till: await Till.open(tx, directory, commands, billers), channelId };
}

/** Only to be looked up by. */
function amountsOf({ amountMinor }: DepositLine, plan: PayingPlan): bigint[] {
  return plan.kind === 'code' ? [amountMinor] : plan.bills.map(() => amountMinor);
}
