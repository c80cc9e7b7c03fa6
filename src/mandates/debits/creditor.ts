// To whose account a debit is collected: by the route `direct` the agency's own, else the operator's that the agency's terms
// name, and then for whom. Files of debits and requests for mandates name the same.

import {
  openAccountNumber,
  readBank,
  readBankAccount,
  readRemittanceAccounts,
} from '../../billers/bank/index.ts';
import type { Biller } from '../../billers/index.ts';
import type { Route } from '../../channels/index.ts';
import type { OrderParty } from '../../orders/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DebitTerms } from './store-terms.ts';

/** Why there is nobody to credit, and what the operator does about it. */
export const NO_TERMS =
  'the agency has no account to collect to: it has no terms for debits (wasit debit terms set)';
export const NO_OWN_ACCOUNT =
  'the agency has no account to collect to: none of its own, which the route direct needs (wasit biller account set)';

/** undefined: by the route `direct` an agency without an account of its own. */
export async function creditorOf(
  tx: Tx,
  masterKey: Buffer,
  { billerId, accountId }: Pick<DebitTerms, 'billerId' | 'accountId'>,
  route: Route,
): Promise<OrderParty | undefined> {
  if (route === 'direct') {
    const own = (await readRemittanceAccounts(tx, billerId)).find(({ unit }) => unit === '');
    return own && { name: own.holder, account: openAccountNumber(masterKey, own), bank: own.bic };
  }
  const account = await readBankAccount(tx, accountId);
  const bank = account && (await readBank(tx, account.bankId));
  if (account === undefined || bank === undefined) throw new Error(`account ${accountId} is not there`);
  return { name: account.holder, account: openAccountNumber(masterKey, account), bank: bank.bic };
}

/**
 * For whom the creditor collects, as the payer is to read it on his statement: the agency, by the name that it has at its own
 * bank, else the one that it goes by here. null: the agency is the creditor itself.
 */
export async function ultimateCreditorOf(
  tx: Tx,
  { billerId, name }: Pick<Biller, 'billerId' | 'name'>,
  route: Route,
): Promise<string | null> {
  if (route === 'direct') return null;
  const own = (await readRemittanceAccounts(tx, billerId)).find(({ unit }) => unit === '');
  return own?.holder ?? name.en;
}
