// The bank reconciliation of one account: from what the books say to what the bank says, item by item, all from one
// moment. What remains is a fault of ours: each item is worked out by itself, and none is made to fit.

import type { Static } from 'typebox';
import { toText, type MoneyText } from '../../kernel/money.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { AccountReconciliation } from './schema.ts';
import {
  findAccounts,
  readBalance,
  readLines,
  readStated,
  readWithoutLine,
  type AccountRow,
  type WithoutLine,
} from './store-reconciliation.ts';

type Reconciliation = Static<typeof AccountReconciliation>;

/** undefined: there is no such account. */
export function reconcileAccount(database: Database, code: string): Promise<Reconciliation | undefined> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const [account] = await findAccounts(tx, code);
    return account && reconciliationOf(tx, account);
  });
}

/** Every account, in the order of their codes. */
export function reconcileAccounts(database: Database): Promise<Reconciliation[]> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const shown: Reconciliation[] = [];
    for (const account of await findAccounts(tx, null)) shown.push(await reconciliationOf(tx, account));
    return shown;
  });
}

async function reconciliationOf(tx: Tx, account: AccountRow): Promise<Reconciliation> {
  const { code, currency } = account;
  const text = (minor: bigint): MoneyText => toText({ minor, currency });
  const balance = await readBalance(tx, account);
  const lines = await readLines(tx, account);
  const withoutLine = await readWithoutLine(tx, account);
  const unlined = balance - lines.booked_minor;
  const other = withoutLine.reduce((rest, { minor }) => rest - minor, unlined);
  const stated = await readStated(tx, account.accountId);
  const gap = stated && stated.closing_minor - stated.opening_minor - lines.told_minor;
  return {
    account: code,
    books: text(balance),
    opening: stated ? { on: stated.opened_on, amount: text(stated.opening_minor) } : null,
    closing: stated ? { on: stated.closed_on, amount: text(stated.closing_minor) } : null,
    unbooked: {
      count: lines.unbooked,
      amount: text(lines.unbooked_minor),
      since: lines.unbooked_since,
    },
    early: {
      count: lines.early,
      amount: text(lines.early_minor),
      since: lines.early_since,
      missed: { count: lines.missed, amount: text(lines.missed_minor) },
    },
    withoutLine: { amount: text(unlined), ...itemsOf(withoutLine, text), other: text(other) },
    gap: gap === undefined ? null : text(gap),
    difference: text(lines.booked_minor - lines.early_minor - (lines.told_minor - lines.unbooked_minor)),
  };
}

function itemsOf(
  found: readonly WithoutLine[],
  text: (minor: bigint) => MoneyText,
): Pick<Reconciliation['withoutLine'], 'remittances' | 'returns' | 'topUps'> {
  const of = (kind: WithoutLine['kind']) => {
    const item = found.find((each) => each.kind === kind);
    return {
      count: item?.count ?? 0,
      amount: text(item?.minor ?? 0n),
      since: item?.since.toISOString() ?? null,
    };
  };
  return { remittances: of('remittance'), returns: of('return'), topUps: of('top-up') };
}
