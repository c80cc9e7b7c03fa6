// Channels that nobody outside has a key for: through `credit` a payer's credit pays a bill, as a payment like any other,
// through `deposit` the money that payers send to the operator's bank. Each is made when it is first needed; that of credit
// with an agreement that costs nothing, whereas whose deposits are taken, and for what fee, the operator agrees with each
// biller. He may suspend a channel or end an agreement, and then it pays no more.

import { recordAudit, type Actor } from '../access/index.ts';
import { lockConfiguration } from '../billers/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Channel, Terms } from './channel.ts';
import { readChannelSettings } from './channel-settings.ts';
import {
  agreementVersions,
  channelRecord,
  findChannelId,
  insertAgreement,
  insertChannel,
  timeOfBooks,
} from './store-change.ts';

const NAMES = {
  credit: { ar: 'رصيد الدافع الدائن', fr: 'Crédit du payeur', en: 'Payer’s credit' },
  deposit: { ar: 'إيداع مباشر', fr: 'Versement direct', en: 'Direct deposit' },
} as const;
type OwnCode = keyof typeof NAMES;
const TERMS: Terms = { route: 'via-operator' };

/** Its number. Locks the configuration when something has to be made, before any row of it. */
export async function ownChannel(tx: Tx, code: 'credit', billerId: number, actor: Actor): Promise<number> {
  const standing = await findChannelId(tx, code);
  if (standing !== undefined && (await agreementVersions(tx, billerId, standing)).length > 0) return standing;
  await lockConfiguration(tx);
  const channelId = (await findChannelId(tx, code)) ?? (await makeChannel(tx, code, actor));
  if ((await agreementVersions(tx, billerId, channelId)).length > 0) return channelId;
  const version = { version: 1, recordedAt: await timeOfBooks(tx), terms: TERMS };
  await insertAgreement(tx, billerId, channelId, version);
  const subject = `agreement/${billerId}/${code}`;
  await recordAudit(tx, actor, { action: 'agreement.set', subject, after: version });
  return channelId;
}

/** The channel itself, without an agreement. Locks the configuration when it has to be made. */
export async function ownChannelAlone(tx: Tx, code: OwnCode, actor: Actor): Promise<number> {
  const standing = await findChannelId(tx, code);
  if (standing !== undefined) return standing;
  await lockConfiguration(tx);
  return (await findChannelId(tx, code)) ?? (await makeChannel(tx, code, actor));
}

/** Whose receivable goes to zero by itself: a float or a limit would be used up by money that was never taken. */
export function ownChannelIsPlain({
  funding,
  creditLimit,
}: Pick<Channel, 'funding' | 'creditLimit'>): boolean {
  return funding === 'postpaid' && Object.keys(creditLimit).length === 0;
}

async function makeChannel(tx: Tx, code: OwnCode, actor: Actor): Promise<number> {
  const read = readChannelSettings({ name: NAMES[code], kind: 'deposit' }, undefined);
  if ('faults' in read) throw new Error(`the channel ${code} cannot be made: ${read.faults.join('; ')}`);
  const channelId = await insertChannel(tx, code, read.settings);
  const after = await channelRecord(tx, channelId);
  await recordAudit(tx, actor, { action: 'channel.add', subject: `channel/${code}`, after });
  return channelId;
}
