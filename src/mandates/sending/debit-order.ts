// What a debit says at the bank, of values alone.

import { calendarDate } from '../../calendar/index.ts';
import type { Biller } from '../../billers/index.ts';
import { openSecret } from '../../kernel/seal.ts';
import { showId } from '../../kernel/ids.ts';
import type { OrderParty } from '../../orders/index.ts';
import { endToEndIdOf, type FiledDebit } from '../debits/index.ts';
import { accountSealId } from '../mandates/index.ts';
import type { BuiltDebit } from './store-file.ts';

/** Where the operator has not said its bank's BIC, the account's number tells its bank. */
export function debtorOf(
  masterKey: Buffer,
  { mandateId, holder, sealedAccount, bankBic }: BuiltDebit,
): OrderParty {
  const account = openSecret(masterKey, accountSealId(mandateId), sealedAccount).toString('utf8');
  return { name: holder, account, bank: bankBic };
}

/** The text names the agency and the bills, as many as there is room for. */
export function filedDebit(built: BuiltDebit, debtor: OrderParty, biller: Biller): FiledDebit {
  const { debitId, mandateId, mandateSince, amountMinor, currency, billNumbers } = built;
  return {
    endToEndId: endToEndIdOf(debitId),
    mandateReference: showId('mnd', mandateId),
    signedOn: calendarDate(mandateSince, biller.calendar),
    amount: { minor: amountMinor, currency },
    debtor,
    text: `${biller.code} ${billNumbers}`,
  };
}
