// Parties, accounts and banks of an order: name cut to 140 characters, IBAN or another number, BIC or a number in a
// clearing. pain.001.001.09 and pain.008.001.08: PartyIdentification135, CashAccount38,
// BranchAndFinancialInstitutionIdentification6; pain.009.001.05 has older types, of a narrower BIC.

import { isIban } from '../../kernel/bank-account-number.ts';
import type { OrderParty } from '../../orders/index.ts';
import { codeElement, element, textElement } from './element.ts';
import { textFault } from './xml-text.ts';

const ACCOUNT = /^[A-Za-z0-9][A-Za-z0-9./-]{0,33}$/;
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const MEMBER = /^[A-Za-z0-9][A-Za-z0-9./-]{0,34}$/;
const LONGEST_NAME = 140;

export function partyFault({ name, account, bank }: OrderParty): string | undefined {
  const fault = textFault(name);
  if (fault !== undefined) return `the holder's name ${fault}`;
  if (!ACCOUNT.test(account))
    return 'the account number is no IBAN and no number of 34 characters at the most';
  if (bank !== null && !MEMBER.test(bank))
    return 'the bank is no BIC and no number of 35 characters at the most';
  return undefined;
}

/** `ultimate`: for whom he collects; null: for himself. */
export function creditorFault(creditor: OrderParty, ultimate: string | null): string | undefined {
  const fault = partyFault(creditor);
  if (fault !== undefined || ultimate === null) return fault;
  return partyFault({ ...creditor, name: ultimate });
}

export function nameOf(tag: string, { name }: Pick<OrderParty, 'name'>): string {
  return element(tag, [textElement('Nm', name, LONGEST_NAME)]);
}

/** For whom the creditor acts, which banks pass on to the payer's statement; undefined: for himself. */
export function ultimateCreditorOf(name: string | null): string | undefined {
  return name === null ? undefined : nameOf('UltmtCdtr', { name });
}

export function accountOf(tag: string, { account }: OrderParty, currency?: string): string {
  const id = isIban(account)
    ? codeElement('IBAN', account, ACCOUNT)
    : element('Othr', [codeElement('Id', account, ACCOUNT)]);
  const ccy = currency === undefined ? undefined : codeElement('Ccy', currency, /^[A-Z]{3}$/);
  return element(tag, [element('Id', [id]), ccy]);
}

/**
 * A bank that is not named: `NOTPROVIDED` where the schema wants one, as usage guides have it, else nothing. `bic`: as
 * the schema has it; another number is one in a clearing.
 */
export function agentOf(
  tag: string,
  { bank }: OrderParty,
  isWanted: boolean,
  bic: RegExp = BIC,
): string | undefined {
  if (bank === null && !isWanted) return undefined;
  const id =
    bank === null
      ? element('Othr', [element('Id', ['NOTPROVIDED'])])
      : bic.test(bank)
        ? codeElement('BICFI', bank, bic)
        : element('ClrSysMmbId', [codeElement('MmbId', bank, MEMBER)]);
  return element(tag, [element('FinInstnId', [id])]);
}

/** The number of a creditor in a debit scheme, where usage guides have it, whatever the creditor is. */
export function schemeIdOf(tag: string, id: string): string {
  const other = element('Othr', [codeElement('Id', id, MEMBER)]);
  return element(tag, [element('Id', [element('PrvtId', [other])])]);
}
