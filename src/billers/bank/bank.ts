// The operator's banks and accounts, and the accounts to which agencies are remitted, as values. Account numbers and
// secrets are sealed with the installation's master key; what is shown of a number is masked.

import type { BillerCalendar } from '../../calendar/index.ts';
import { openSecret } from '../../kernel/seal.ts';
import type { Names } from '../biller.ts';
import type { Handover } from './bank-settings.ts';

export interface Bank {
  readonly bankId: number;
  readonly code: string;
  readonly name: Names;
  readonly bic: string | null;
  /** Its working days, and until when on one of them it handles an order that day. */
  readonly calendar: BillerCalendar;
  /** Its working days from the execution of an order to the credit of the agency. */
  readonly leadDays: number;
  readonly handover: Handover;
  /** Of SFTP; null: orders go to a folder. */
  readonly sealedSecret: Buffer | null;
}

/** A number that only `openAccountNumber` shows whole. */
export interface SealedNumber {
  /** What it is sealed under: a row copied to another place does not open. */
  readonly sealId: string;
  readonly sealedNumber: Buffer;
  /** Masked, for lists and logs. */
  readonly shownNumber: string;
}

/** An account of the operator's. */
export interface BankAccount extends SealedNumber {
  /** In the place of the channel in the number of the ledger's account bank/<account>. */
  readonly accountId: number;
  readonly code: string;
  readonly bankId: number;
  readonly bankCode: string;
  readonly currency: string;
  readonly holder: string;
}

/** Where money of a biller, or of one of its units and all below it, goes. Never changed: a change is a new version. */
export interface RemittanceAccount extends SealedNumber {
  readonly billerId: number;
  /** Empty: of the biller itself. */
  readonly unit: string;
  readonly version: number;
  readonly holder: string;
  readonly bic: string | null;
  /** `accountId` of the operator's account that the money comes from. */
  readonly paysFrom: number;
  readonly recordedAt: Date;
  /** null: it holds. */
  readonly endedAt: Date | null;
}

export function bankSecretId(bankCode: string): string {
  return `bank ${bankCode}`;
}

export function bankAccountSealId(accountCode: string): string {
  return `bank-account ${accountCode}`;
}

export function remittanceAccountSealId(billerId: number, unit: string, version: number): string {
  return `remittance-account ${billerId} ${unit} ${version}`;
}

/** The whole number, as it goes into an order. Throws an AppError under another master key. */
export function openAccountNumber(masterKey: Buffer, { sealId, sealedNumber }: SealedNumber): string {
  return openSecret(masterKey, sealId, sealedNumber).toString('utf8');
}

/** What SFTP signs in with: a private key in PEM, else a password. undefined: the bank takes orders from a folder. */
export function openBankSecret(
  masterKey: Buffer,
  { code, sealedSecret }: Pick<Bank, 'code' | 'sealedSecret'>,
): { privateKey: string } | { password: string } | undefined {
  if (sealedSecret === null) return undefined;
  const secret = openSecret(masterKey, bankSecretId(code), sealedSecret).toString('utf8');
  return secret.startsWith('-----BEGIN ') ? { privateKey: secret } : { password: secret };
}
