// The chart of accounts (rules.md, "Ledger") and the number of an account: ISO 4217 number, two digits of kind,
// five of channel. Made by the program, so that no look-up and no sequence stands on the pay path.

import { numericOf } from '../kernel/currencies.ts';

export const ACCOUNT_KINDS = {
  'channel/receivable': 1,
  'channel/float': 2,
  'channel/direct': 3,
  'biller/payable': 10,
  'biller/in-transit': 11,
  'biller/direct': 12,
  'biller/fees-due': 13,
  'fees/income': 20,
  'fees/tax': 21,
  'commission/expense': 30,
  'commission/payable': 31,
  'dispute/loss': 32,
  'payer/credit': 40,
  suspense: 41,
  bank: 50,
  'bank/charges': 51,
} as const;

export type AccountKind = keyof typeof ACCOUNT_KINDS;

/** The operator's own book: accounts that belong to no biller (top-ups, bank). */
export const OPERATOR = 0;

export interface Account {
  readonly accountNo: number;
  readonly code: AccountKind;
  readonly channelId: number;
  readonly currency: string;
}

const known = new Map<string, Account>();

/** `channelId` 0: the account belongs to no channel. The same arguments give the same object. */
export function accountOf(code: AccountKind, channelId: number, currency: string): Account {
  const key = `${currency}${code}${channelId}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const numeric = numericOf(currency);
  if (numeric === undefined) throw new Error(`unknown currency ${currency}`);
  const accountNo = numeric * 10_000_000 + ACCOUNT_KINDS[code] * 100_000 + channelId;
  const account: Account = { accountNo, code, channelId, currency };
  known.set(key, account);
  return account;
}
