// Places deposits: what each is for is found and, of a linked agency, asked outside any transaction; then they go into the
// books in lots. One that cannot be placed never stops its neighbours: a lot that fails is halved, down to the one, which
// is left waiting and told.

import type { Actor } from '../../access/index.ts';
import type { AgencyLink, Words } from '../../bills/link/index.ts';
import { ownChannelAlone } from '../../channels/index.ts';
import { Refused } from '../../kernel/errors.ts';
import { BALANCE_LANES } from '../../payments/index.ts';
import { mendBooks } from '../../payments/credit/index.ts';
import { isConflict, isUnavailable, sqlStateOf, type Database, type Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import { businessNow } from '../../settlement/remittances/index.ts';
import type { DepositLine, Plan } from './deposit.ts';
import { findPlans } from './find.ts';
import type { PlannedLine } from './place-line.ts';
import { placeLot, type LotTools } from './place-lot.ts';
import { billersServed, DEPOSIT } from './served.ts';
import { lineKey, linesOlderThan } from './store-lines.ts';

export interface DepositTools extends Pick<LotTools, 'directory'> {
  readonly database: Database;
  /** Asks linked agencies; without one their bills go by what they said last. */
  readonly link?: AgencyLink | undefined;
  readonly openDays: (billerId: number) => Promise<void>;
  readonly log: Pick<Log, 'warn' | 'error'>;
}

/** Lines of one transaction: locks are held for a tenth of a second. */
const LOT = 100;
/** Lines whose texts are looked up together. */
const FOUND_TOGETHER = 5000;
/** Balance rows that no gateway writes: no payment waits for them. */
const LANE = BALANCE_LANES;
const TRIES = 5;
/** So long an agency may keep silent before the money becomes the payer's credit, and a person's to look at. */
const HOURS_OF_SILENCE = 24;
const ACTOR: Actor = { name: 'deposits', origin: 'worker' };

/**
 * Credits on accounts of the operator's that are nothing else. Lines that were placed meanwhile are passed over; lines of
 * an agency that does not answer, and such as met a fault, are left waiting: call it again with them.
 */
export async function placeDeposits(tools: DepositTools, lines: readonly DepositLine[]): Promise<void> {
  if (lines.length === 0) return;
  await knowChannel(tools);
  for (let from = 0; from < lines.length; from += FOUND_TOGETHER) {
    const some = lines.slice(from, from + FOUND_TOGETHER);
    const plans = await tools.database.transaction((tx) => plansOf(tx, tools, some));
    const planned = some.map((line, at): PlannedLine => ({ line, plan: plans[at] ?? NOTHING }));
    for (let at = 0; at < planned.length; at += LOT)
      await place(tools, await askAgencies(tools, planned.slice(at, at + LOT)));
  }
}

const NOTHING: Plan = { kind: 'nobody', why: 'none', hints: [] };

async function plansOf(tx: Tx, { directory }: DepositTools, lines: readonly DepositLine[]): Promise<Plan[]> {
  return findPlans(tx, lines, billersServed(directory.current, await businessNow(tx)));
}

/** The channel is made when the first deposit comes. */
export async function knowChannel({
  database,
  directory,
}: Pick<DepositTools, 'database' | 'directory'>): Promise<void> {
  await directory.refresh();
  if (directory.current.channelsByCode.has(DEPOSIT)) return;
  await database.transaction((tx) => ownChannelAlone(tx, DEPOSIT, ACTOR));
  await directory.reload();
}

/** Without those whose agency does not answer and may still do. */
async function askAgencies(tools: DepositTools, lot: readonly PlannedLine[]): Promise<PlannedLine[]> {
  const asked = await Promise.all(lot.map((each) => askAgency(tools, each)));
  const silent = asked.filter(({ words }) => words === 'no-answer').map(({ line }) => line);
  if (silent.length === 0) return asked;
  const old = await tools.database.transaction((tx) => linesOlderThan(tx, silent, HOURS_OF_SILENCE));
  tools.log.warn({ waiting: silent.length - old.size, givenUp: old.size }, 'deposits wait for their agency');
  return asked.filter(({ line, words }) => words !== 'no-answer' || old.has(lineKey(line)));
}

async function askAgency(
  { directory, link: agencies }: DepositTools,
  each: PlannedLine,
): Promise<PlannedLine> {
  const { plan } = each;
  if (agencies === undefined || (plan.kind !== 'bills' && plan.kind !== 'code')) return each;
  const biller = directory.current.billersById.get(plan.billerId);
  if (biller?.link === undefined) return each;
  const numbers = plan.kind === 'code' ? plan.members : plan.bills.map(({ billNumber }) => billNumber);
  const words = await agencies
    .refreshBills(biller, biller.link, numbers)
    .catch((error: unknown): Words | 'no-answer' => {
      if (error instanceof Refused && error.refusal.code === 'agency-unavailable') return 'no-answer';
      throw error;
    });
  return { ...each, words };
}

async function place(tools: DepositTools, lot: readonly PlannedLine[]): Promise<void> {
  const [only, ...others] = lot;
  if (only === undefined) return;
  try {
    await placeAgain(tools, lot);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    if (others.length === 0) {
      const { statementId, line } = only.line;
      return tools.log.error({ err: error, statementId, line }, 'a deposit could not be placed');
    }
    const half = lot.length >> 1;
    await place(tools, lot.slice(0, half));
    await place(tools, lot.slice(half));
  }
}

/** Tries again what may succeed a second time. */
async function placeAgain(tools: DepositTools, lot: readonly PlannedLine[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tools.database.transaction((tx) =>
        placeLot(tx, { directory: tools.directory, lane: LANE }, lot),
      );
    } catch (error) {
      if (attempt >= TRIES) throw error;
      if (!(await mendBooks(tools, error)) && !isConflict(error) && sqlStateOf(error) !== '23505')
        throw error;
    }
  }
}
