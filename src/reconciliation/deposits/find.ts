// What each line of a lot is for: its text taken apart, all its numbers looked up in a few statements, and the evidence
// weighed. Reads only, so that it may run before anything is locked.

import type { StoredBill } from '../../bills/index.ts';
import type { Biller } from '../../billers/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { candidatesIn, type Candidate } from './candidates.ts';
import type { DepositLine, Plan } from './deposit.ts';
import { begins, findBills, findCodes, findOpenBills, findPayers, readBeginnings } from './store-find.ts';
import { payerKey, weigh, type Known } from './weigh.ts';

/** One plan for each line, in order. `billers`: those that take deposits, by number. */
export async function findPlans(
  tx: Tx,
  lines: readonly Pick<DepositLine, 'text' | 'amountMinor' | 'bookedOn' | 'currency'>[],
  billers: ReadonlyMap<number, Biller>,
): Promise<Plan[]> {
  if (billers.size === 0) return lines.map(() => ({ kind: 'nobody', why: 'none', hints: [] }));
  const mayBegin = begins(await readBeginnings(tx));
  const candidates = lines.map(({ text }) => candidatesIn(text, mayBegin));
  const known = await lookUp(tx, candidates.flat(), billers);
  return lines.map((line, at) => weigh(line, candidates[at] ?? [], known));
}

async function lookUp(
  tx: Tx,
  candidates: readonly Candidate[],
  billers: ReadonlyMap<number, Biller>,
): Promise<Known> {
  const keysOf = (kind: Candidate['kind']): string[] => [
    ...new Set(candidates.filter((each) => each.kind === kind).map(({ key }) => key)),
  ];
  const numbers = keysOf('number').sort();
  const currencies = new Map([...billers].map(([id, { currency }]) => [id, currency]));
  const ids = [...billers.keys()];
  const bills = await findBills(tx, numbers, currencies);
  const payers = await findPayers(tx, numbers, ids);
  const codes = await findCodes(tx, keysOf('pay-code'), ids);
  const openBills = await findOpenBills(
    tx,
    payers.map(({ biller_id, payer_id }) => ({ billerId: biller_id, payerId: payer_id })),
    currencies,
  );
  return {
    bills: grouped(
      bills,
      ({ key }) => key,
      ({ bill }) => bill,
    ),
    payers: grouped(
      payers,
      ({ key }) => key,
      (payer) => payer,
    ),
    codes: grouped(
      codes,
      ({ code }) => code,
      (code) => code,
    ),
    openBills: grouped(
      openBills,
      (bill) => payerKey(bill.billerId, bill.payerId),
      (bill: StoredBill) => bill,
    ),
    billers,
  };
}

function grouped<Row, Value>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  valueOf: (row: Row) => Value,
): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [valueOf(row)]);
    else group.push(valueOf(row));
  }
  return groups;
}
