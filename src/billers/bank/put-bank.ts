// The operator's banks: added and changed. Changes hold for remittances planned from then on; what is sent is sent.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { sealSecret } from '../../kernel/seal.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { lockConfiguration } from '../store-change.ts';
import { bankSecretId, type Bank } from './bank.ts';
import { readBankSettings, type BankChange, type BankSettings } from './bank-settings.ts';
import { insertBank, readBank, updateBank, type StoredBank } from './store-bank.ts';

export const CODE = /^[a-z0-9][a-z0-9-]{1,31}$/;

export interface BankWish {
  readonly change: BankChange;
  /** Password, or private key in PEM, of SFTP; left out: the one that stands. */
  readonly secret?: string;
}

/** Refuses a code that is taken or badly formed, settings that cannot hold, and SFTP without a secret. */
export function addBank(
  database: Database,
  code: string,
  wish: BankWish,
  masterKey: Buffer,
  actor: Actor,
): Promise<Outcome<ShownBank>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    if (!CODE.test(code)) return { ok: false, reason: codeFault(code) };
    if ((await readBank(tx, code)) !== undefined)
      return { ok: false, reason: `there is a bank ${code} already` };
    const read = readWish(code, undefined, wish, masterKey);
    if (!read.ok) return read;
    await insertBank(tx, code, read.value);
    return { ok: true, value: await record(tx, actor, 'bank.add', code, wish) };
  });
}

/** What is not named stays. Refuses an unknown bank and what cannot hold beside what stays. */
export function setBank(
  database: Database,
  code: string,
  wish: BankWish,
  masterKey: Buffer,
  actor: Actor,
): Promise<Outcome<ShownBank>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const standing = await readBank(tx, code);
    if (standing === undefined) return { ok: false, reason: `there is no bank ${code}` };
    const read = readWish(code, standing, wish, masterKey);
    if (!read.ok) return read;
    await updateBank(tx, standing.bankId, read.value);
    return { ok: true, value: await record(tx, actor, 'bank.set', code, wish, standing) };
  });
}

export function codeFault(code: string): string {
  return `${code} is no code: 2 to 32 lower-case letters, digits and hyphens`;
}

function readWish(
  code: string,
  standing: Bank | undefined,
  { change, secret }: BankWish,
  masterKey: Buffer,
): Outcome<StoredBank> {
  const read = readBankSettings(standing === undefined ? change : merged(settingsOf(standing), change));
  if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
  const { settings } = read;
  if (settings.handover.way === 'folder')
    return secret === undefined
      ? { ok: true, value: { settings, sealedSecret: null } }
      : { ok: false, reason: 'a folder has no secret' };
  if (secret === '') return { ok: false, reason: 'the secret is empty' };
  const sealed =
    secret === undefined
      ? standing?.sealedSecret
      : sealSecret(masterKey, bankSecretId(code), bytesOf(secret));
  if (sealed === undefined || sealed === null)
    return { ok: false, reason: 'SFTP needs a secret: a password or a private key in PEM' };
  return { ok: true, value: { settings, sealedSecret: sealed } };
}

/** Of another way of handing over nothing of the old one is left. */
function merged(standing: BankSettings, change: BankChange): object {
  const { handover } = change;
  const isSameWay =
    handover !== undefined && (!('way' in handover) || handover.way === standing.handover.way);
  return {
    ...standing,
    ...change,
    name: { ...standing.name, ...change.name },
    handover: isSameWay ? { ...standing.handover, ...handover } : (handover ?? standing.handover),
  };
}

/** A file with a password usually ends with a line break that is no part of it; a key keeps its own. */
function bytesOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith('-----BEGIN ') ? secret : secret.replace(/\r?\n$/, ''));
}

async function record(
  tx: Tx,
  actor: Actor,
  action: string,
  code: string,
  { secret }: BankWish,
  standing?: Bank,
): Promise<ShownBank> {
  const bank = await readBank(tx, code);
  if (bank === undefined) throw new Error(`bank ${code} was not written`);
  const after = shownBank(bank);
  await recordAudit(tx, actor, {
    action,
    subject: `bank/${code}`,
    before: standing && shownBank(standing),
    after: { ...after, newSecret: secret !== undefined },
  });
  return after;
}

/** What is shown and logged of a bank: never its secret. */
export interface ShownBank extends BankSettings {
  readonly bankId: number;
  readonly code: string;
}

export function shownBank(bank: Bank): ShownBank {
  return { bankId: bank.bankId, code: bank.code, ...settingsOf(bank) };
}

function settingsOf({ name, bic, calendar, leadDays, handover }: Bank): BankSettings {
  const { timeZone, cutOff, weekend } = calendar;
  return { name, bic, timeZone, cutOff, leadDays, weekend: [...weekend], handover };
}
