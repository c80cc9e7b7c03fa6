// Whose account a statement is of, by its number: one of the operator's, or one that an agency is paid to. Numbers are
// sealed in the database, so they are opened once for a file and kept no longer.

import { openAccountNumber, readBankAccounts, readRemittanceAccounts } from '../../billers/bank/index.ts';
import { loadBillers } from '../../billers/index.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface Owner {
  /** Of the account, as it is kept; banks write it in several ways. */
  readonly number: string;
  /** The operator's account; null: it is a biller's own. */
  readonly accountId: number | null;
  readonly billerId: number | null;
  readonly currency: string;
}

export interface AccountBook {
  /** In words why it is nobody's that we know, or whose it is. */
  ownerOf(number: string): Owner | { readonly fault: string };
  /** Of an account of the operator's. */
  numberOf(accountId: number): string | undefined;
}

export async function readAccountBook(tx: Tx, masterKey: Buffer): Promise<AccountBook> {
  const byNumber = new Map<string, Owner[]>();
  const add = (number: string, of: Omit<Owner, 'number'>): void => {
    const known = byNumber.get(number) ?? [];
    const owner = { number, ...of };
    if (!known.some((other) => isSame(other, owner))) byNumber.set(number, [...known, owner]);
  };
  for (const account of await readBankAccounts(tx))
    add(openAccountNumber(masterKey, account), {
      accountId: account.accountId,
      billerId: null,
      currency: account.currency,
    });
  for (const { billerId, currency } of await loadBillers(tx))
    for (const account of await readRemittanceAccounts(tx, billerId))
      add(openAccountNumber(masterKey, account), { accountId: null, billerId, currency });
  return {
    ownerOf: (number) => chosen(number, byNumber),
    numberOf: (accountId) =>
      [...byNumber.values()].flat().find((owner) => owner.accountId === accountId)?.number,
  };
}

function chosen(number: string, byNumber: ReadonlyMap<string, readonly Owner[]>): Owner | { fault: string } {
  const found = writtenForms(number)
    .map((form) => byNumber.get(form))
    .find((owners) => owners !== undefined);
  const shown = maskAccountNumber(number);
  if (found === undefined)
    return { fault: `the account ${shown} is none of the operator's, and no agency is paid to it` };
  // What the operator holds there itself is its own, whoever else is paid to it.
  const ours = found.find(({ accountId }) => accountId !== null);
  const [only, ...others] = found;
  if (ours !== undefined) return ours;
  if (only === undefined || others.length > 0)
    return { fault: `several agencies are paid to the account ${shown}: it proves nothing of any one` };
  return only;
}

/** Banks write the number with their own code before a slash (MT940, :25:), or with the currency behind it. */
function writtenForms(number: string): string[] {
  const plain = number.replaceAll(/[\s-]/g, '').toUpperCase();
  const behind = plain.split('/').at(-1) ?? plain;
  return [plain, behind, ...[plain, behind].map((form) => form.replace(/[A-Z]{3}$/, ''))];
}

function isSame(one: Owner, other: Owner): boolean {
  return one.accountId === other.accountId && one.billerId === other.billerId;
}
