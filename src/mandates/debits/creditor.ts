// To whose account a debit is collected: by the route `direct` the agency's own, else the operator's that the agency's terms
// name. Files of debits and requests for mandates name the same.

import {
  openAccountNumber,
  readBank,
  readBankAccount,
  readRemittanceAccounts,
} from '../../billers/bank/index.ts';
import type { Route } from '../../channels/index.ts';
import type { OrderParty } from '../../orders/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DebitTerms } from './store-terms.ts';

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
