// Builds debits on the day on which they have to be with the bank, a lot at a time, each in a short transaction: what has
// changed since they were planned is seen under the locks of their bills, and what they collect is fixed. From then on their
// bills are nobody else's to change. Any number of workers.

import type { Biller } from '../../billers/index.ts';
import { readBank, type Bank } from '../../billers/bank/index.ts';
import { businessNow } from '../../approvals/index.ts';
import { bankDate, calendarDate } from '../../calendar/index.ts';
import type { Uuid } from '../../kernel/ids.ts';
import { lookUpByKeys, type Tx } from '../../platform/db/index.ts';
import {
  again,
  announceMoved,
  apiChannels,
  lockDebits,
  moveDebits,
  moveToDays,
  readDebitTerms,
  tellReduced,
  type DebitMove,
} from '../debits/index.ts';
import { checkLot, debitsRisen, type LotFacts } from './check-lot.ts';
import { servedRoutes } from './routes-served.ts';
import { WORKER, type SendParts } from './send-parts.ts';
import {
  billsOf,
  lockBillsOf,
  lockMandates,
  mandatesOf,
  nextDue,
  setAmounts,
  takeOut,
  takeTurn,
  type DueCursor,
} from './store-build.ts';

const LOT_DEBITS = 250;
/** So many at a time, then they go: what is built waits for nothing, and little can be paid in between. */
export const MOST_BUILT = 5_000;

/** How many debits of this agency were built; `MOST_BUILT` or more: there may be others. */
export async function buildDebits(parts: SendParts, billerId: number): Promise<number> {
  const biller = parts.directory.current.billersById.get(billerId);
  if (biller === undefined) return 0;
  const node = parts.database.nodeOf(billerId);
  let built = 0;
  for (let after: DueCursor | undefined; ;) {
    if (parts.signal?.aborted === true) return built;
    const from = after;
    const lot = await again(() => node.transaction((tx) => buildNext(tx, parts, biller, from)));
    if (lot === undefined) return built;
    built += lot.built;
    after = lot.isMoved ? undefined : lot.last;
    if ((lot.seen < LOT_DEBITS && !lot.isMoved) || built >= MOST_BUILT) return built;
  }
}

/** undefined: there is nothing to do, or another worker does it. */
async function buildNext(
  tx: Tx,
  parts: SendParts,
  biller: Biller,
  after: DueCursor | undefined,
): Promise<{ seen: number; last: DueCursor | undefined; built: number; isMoved: boolean } | undefined> {
  const { billerId } = biller;
  await lookUpByKeys(tx);
  const terms = await readDebitTerms(tx, billerId);
  if (terms === undefined || !(await takeTurn(tx, billerId))) return undefined;
  const at = await businessNow(tx);
  const bank = await readBank(tx, terms.bankId);
  if (bank === undefined) throw new Error(`bank ${terms.bankId} is not there`);
  const channelIds = [...servedRoutes(parts.directory.current, biller, terms.method, at).keys()];
  const due = await nextDue(
    tx,
    { billerId, sendBy: calendarDate(at, bank.calendar), channelIds, after },
    LOT_DEBITS,
  );
  if (due.length === 0) return undefined;
  const bills = await billsOf(tx, billerId, due);
  const now = await lockBillsOf(
    tx,
    billerId,
    bills.map(({ billNumber }) => billNumber),
  );
  const risen = debitsRisen(bills, now, biller);
  await lockMandates(
    tx,
    due.filter(({ debitId }) => risen.has(debitId)),
  );
  const planned = (await lockDebits(tx, due)).filter(({ state }) => state === 'planned');
  const mandates = await mandatesOf(tx, billerId, planned);
  const facts = await factsOf(tx, { biller, bank, at });
  const lot = checkLot({ planned, bills, now, mandates }, facts);
  await parts.at?.('locked');
  await takeOut(tx, lot.out);
  await setAmounts(tx, lot.amounts);
  await moveToDays(tx, lot.days, { actor: WORKER, at });
  await moveDebits(tx, lot.moves, { actor: WORKER, at });
  await announceMoved(tx, builtOtherwise(lot.moves, lot.retold), at);
  await tellReduced(tx, lot.reduced, at);
  await parts.at?.('built');
  const built = lot.moves.filter(({ to }) => to === 'built').length;
  return { seen: due.length, last: due.at(-1), built, isMoved: lot.days.length > 0 };
}

/** Those that are collected on another day than was told, or with more and their day can be kept. */
function builtOtherwise(moves: readonly DebitMove[], retold: ReadonlySet<Uuid>) {
  return moves.flatMap(({ debit, to, fixed }) =>
    to === 'built' &&
    fixed !== undefined &&
    (fixed.collectOn !== debit.collectOn || retold.has(debit.debitId))
      ? [{ debit, collectOn: fixed.collectOn, sendOn: fixed.sendOn, amountMinor: fixed.amountMinor }]
      : [],
  );
}

async function factsOf(
  tx: Tx,
  { biller, bank, at }: { biller: Biller; bank: Bank; at: Date },
): Promise<LotFacts> {
  return {
    biller,
    bank: bank.calendar,
    leadDays: bank.leadDays,
    today: calendarDate(at, biller.calendar),
    bankToday: bankDate(at, bank.calendar),
    sendBy: calendarDate(at, bank.calendar),
    apiChannels: await apiChannels(tx),
  };
}
