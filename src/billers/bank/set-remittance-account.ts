// Where a biller's money goes, or that of one of its units and all below it. Each change is a new version: remittances
// name the version by which they were sent. An account that ends leaves its unit to the nearest ancestor's.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { readAccountNumber } from '../../kernel/bank-account-number.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import { sealSecret } from '../../kernel/seal.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { findBillerId, lockConfiguration, settingsOf, unitsOf } from '../store-change.ts';
import { holderFault, isBic } from './account-holder.ts';
import { openAccountNumber, remittanceAccountSealId, type RemittanceAccount } from './bank.ts';
import { endAccount, insertAccount, newestVersion, readRemittanceAccounts } from './store-account.ts';
import { readBankAccount, readBankAccounts } from './store-bank.ts';

/** Whose account; `unit` empty: the biller's own. */
export interface AccountOwner {
  readonly billerCode: string;
  readonly unit: string;
}

export interface RemittanceAccountWish {
  /** IBAN, or the country's own number. */
  readonly number: string;
  readonly holder: string;
  readonly bic: string | null;
  /** Code of the operator's account, in the biller's currency. */
  readonly paysFrom: string;
}

export interface ShownAccount {
  /** Empty: the biller's own. */
  readonly unit: string;
  readonly version: number;
  readonly holder: string;
  /** Masked. */
  readonly number: string;
  readonly bic: string | null;
  readonly paysFrom: string;
  readonly recordedAt: Date;
  readonly endedAt: Date | null;
}

/** The same again changes nothing. Refuses an unknown biller, unit or account, and another currency than the biller's. */
export function setRemittanceAccount(
  database: Database,
  owner: AccountOwner,
  wish: RemittanceAccountWish,
  masterKey: Buffer,
  actor: Actor,
): Promise<Outcome<ShownAccount>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const found = await findOwner(tx, owner);
    if (!found.ok) return found;
    const billerId = found.value;
    const read = await readWish(tx, billerId, wish);
    if (!read.ok) return read;
    const { number, paysFrom } = read.value;
    const standing = await standingAccount(tx, billerId, owner.unit);
    const isSame =
      standing?.holder === wish.holder &&
      standing.bic === wish.bic &&
      standing.paysFrom === paysFrom &&
      openAccountNumber(masterKey, standing) === number;
    if (standing !== undefined && isSame) return { ok: true, value: await shownAccount(tx, standing) };
    const version = (await newestVersion(tx, billerId, owner.unit)) + 1;
    const sealId = remittanceAccountSealId(billerId, owner.unit, version);
    await endAccount(tx, billerId, owner.unit);
    await insertAccount(tx, {
      billerId,
      unit: owner.unit,
      version,
      holder: wish.holder,
      bic: wish.bic,
      sealedNumber: sealSecret(masterKey, sealId, Buffer.from(number)),
      shownNumber: maskAccountNumber(number),
      paysFrom,
    });
    const account = await standingAccount(tx, billerId, owner.unit);
    if (account === undefined) throw new Error('the account was not written');
    const after = await shownAccount(tx, account);
    await recordAudit(tx, actor, {
      action: 'biller.set-account',
      subject: `biller/${owner.billerCode}`,
      before: standing && (await shownAccount(tx, standing)),
      after,
    });
    return { ok: true, value: after };
  });
}

/** Refuses an unknown biller, and a unit that has no account of its own. */
export function endRemittanceAccount(
  database: Database,
  owner: AccountOwner,
  actor: Actor,
): Promise<Outcome<ShownAccount>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const found = await findOwner(tx, owner);
    if (!found.ok) return found;
    const standing = await standingAccount(tx, found.value, owner.unit);
    if (standing === undefined)
      return { ok: false, reason: `${ownerWords(owner)} has no account of its own` };
    const before = await shownAccount(tx, standing);
    await endAccount(tx, found.value, owner.unit);
    const subject = `biller/${owner.billerCode}`;
    await recordAudit(tx, actor, { action: 'biller.end-account', subject, before });
    return { ok: true, value: before };
  });
}

export function ownerWords({ billerCode, unit }: AccountOwner): string {
  return unit === '' ? `biller ${billerCode}` : `unit ${unit} of ${billerCode}`;
}

async function findOwner(tx: Tx, { billerCode, unit }: AccountOwner): Promise<Outcome<number>> {
  const billerId = await findBillerId(tx, billerCode);
  if (billerId === undefined) return { ok: false, reason: `there is no biller ${billerCode}` };
  const isKnown = unit === '' || (await unitsOf(tx, billerId)).some(({ code }) => code === unit);
  return isKnown
    ? { ok: true, value: billerId }
    : { ok: false, reason: `biller ${billerCode} has no unit ${unit}` };
}

async function readWish(
  tx: Tx,
  billerId: number,
  wish: RemittanceAccountWish,
): Promise<Outcome<{ number: string; paysFrom: number }>> {
  const read = readAccountNumber(wish.number);
  if ('fault' in read) return { ok: false, reason: read.fault };
  const badHolder = holderFault(wish.holder);
  if (badHolder !== undefined) return { ok: false, reason: badHolder };
  if (wish.bic !== null && !isBic(wish.bic))
    return { ok: false, reason: `${wish.bic} is no BIC of 8 or 11 characters` };
  const from = await readBankAccount(tx, wish.paysFrom);
  if (from === undefined) return { ok: false, reason: `there is no account ${wish.paysFrom} of ours` };
  const { currency } = await settingsOf(tx, billerId);
  if (from.currency !== currency)
    return { ok: false, reason: `account ${from.code} is in ${from.currency}, the biller in ${currency}` };
  return { ok: true, value: { number: read.number, paysFrom: from.accountId } };
}

async function standingAccount(
  tx: Tx,
  billerId: number,
  unit: string,
): Promise<RemittanceAccount | undefined> {
  return (await readRemittanceAccounts(tx, billerId)).find((account) => account.unit === unit);
}

async function shownAccount(tx: Tx, account: RemittanceAccount): Promise<ShownAccount> {
  const [shown] = await shownAccounts(tx, [account]);
  if (shown === undefined) throw new Error('one account shows as none');
  return shown;
}

/** What is shown and logged of accounts. */
export async function shownAccounts(tx: Tx, accounts: readonly RemittanceAccount[]): Promise<ShownAccount[]> {
  const ours = new Map((await readBankAccounts(tx)).map(({ accountId, code }) => [accountId, code]));
  return accounts.map(({ unit, version, holder, shownNumber, bic, paysFrom, recordedAt, endedAt }) => ({
    unit,
    version,
    holder,
    number: shownNumber,
    bic,
    paysFrom: ours.get(paysFrom) ?? String(paysFrom),
    recordedAt,
    endedAt,
  }));
}
