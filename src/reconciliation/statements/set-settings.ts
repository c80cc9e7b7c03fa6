// Settings of statements, changed by the operator: how a bank's files are read and fetched, which accounts a channel pays
// from.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { readBank } from '../../billers/bank/index.ts';
import { lockConfiguration } from '../../billers/index.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import type { Database } from '../../platform/db/index.ts';
import { readBankSettings, type BankSettings } from './bank-settings.ts';
import {
  accountsOfChannel,
  addChannelAccount,
  channelByCode,
  readSettings,
  removeChannelAccount,
  writeSettings,
} from './store-settings.ts';
import { WAIT_DAYS } from './store-age.ts';
import { billersStated, putBackFrom } from './store-other.ts';
import { lockLinesOf } from './store-sift.ts';

/** What is not named stays; null takes a setting away. */
export function setBankStatements(
  database: Database,
  code: string,
  change: Readonly<Record<string, unknown>>,
  actor: Actor,
): Promise<Outcome<BankSettings>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const bank = await readBank(tx, code);
    if (bank === undefined) return { ok: false, reason: `there is no bank ${code}` };
    const before = await readSettings(tx, bank.bankId);
    const whole = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
    const read = readBankSettings(Object.fromEntries(whole));
    if ('faults' in read) return { ok: false, reason: read.faults.join('; ') };
    const { settings } = read;
    if (settings.pickup !== undefined && bank.handover.way !== 'sftp')
      return { ok: false, reason: `bank ${code} has no SFTP account: its handover says how orders reach it` };
    await writeSettings(tx, bank.bankId, settings);
    await recordAudit(tx, actor, {
      action: 'bank.statements',
      subject: `bank/${code}`,
      before,
      after: settings,
    });
    return { ok: true, value: settings };
  });
}

/**
 * The accounts after it, masked. `number` without spaces and hyphens, in capitals, is what statements are compared with:
 * credits of the last days from it on agencies' own accounts, which were nobody's until now, are looked at again.
 */
export function setChannelAccount(
  database: Database,
  code: string,
  { number, isRemoved }: { number: string; isRemoved: boolean },
  actor: Actor,
): Promise<Outcome<string[]>> {
  return database.transaction(async (tx) => {
    // Lines before the configuration, as whoever places them locks.
    const billers = isRemoved ? [] : await billersStated(tx, WAIT_DAYS);
    for (const billerId of billers) await lockLinesOf(tx, { accountId: null, billerId });
    await lockConfiguration(tx);
    const account = number.replaceAll(/[\s-]/g, '').toUpperCase();
    if (!/^[0-9A-Z]{4,34}$/.test(account))
      return {
        ok: false,
        reason: 'an account number has 4 to 34 letters and digits; spaces and hyphens do not count',
      };
    const channelId = await channelByCode(tx, code);
    if (channelId === undefined) return { ok: false, reason: `there is no channel ${code}` };
    if (isRemoved) {
      if (!(await removeChannelAccount(tx, channelId, account)))
        return { ok: false, reason: `channel ${code} does not pay from it` };
    } else {
      const other = await addChannelAccount(tx, channelId, account);
      if (other !== undefined) return { ok: false, reason: `the channel ${other} pays from it` };
      await putBackFrom(tx, account, billers, WAIT_DAYS);
    }
    const action = isRemoved ? 'channel.account-remove' : 'channel.account-add';
    const after = { account: maskAccountNumber(account) };
    await recordAudit(tx, actor, { action, subject: `channel/${code}`, after });
    return { ok: true, value: (await accountsOfChannel(tx, channelId)).map(maskAccountNumber) };
  });
}

/** undefined: there is no such bank. */
export function showBankStatements(database: Database, code: string): Promise<BankSettings | undefined> {
  return database.transaction(async (tx) => {
    const bank = await readBank(tx, code);
    return bank && readSettings(tx, bank.bankId);
  });
}
