// Money that a prefunded channel has paid into the operator's bank: Dr bank, Cr channel/float, in the operator's
// own book. One reference, one top-up: repeating it changes nothing (rules.md, "Ledger"). Persons ask and accept it
// (top-up-kind.ts); the demo's first floats alone are put there by the program.

import { recordAudit, type Actor, type Outcome } from '../access/index.ts';
import { newId } from '../kernel/ids.ts';
import { formatMinor, toText, type Money, type MoneyText } from '../kernel/money.ts';
import { accountOf, Entries, OPERATOR, recordEntries } from '../ledger/index.ts';
import type { Database, Tx } from '../platform/db/index.ts';
import { channelSettings, findChannelId, lockChannel, timeOfBooks } from './store-change.ts';
import { addToFloat, findTopUp, insertTopUp } from './store-position.ts';

const REFERENCE = /^[A-Za-z0-9._:-]{1,64}$/;
/** Only top-ups write the operator's book, one of a channel at a time, so one lane of balances is enough. */
const LANE = 0;

export interface TopUp {
  /** It had been made before; nothing was done now. */
  readonly known: boolean;
  readonly available: MoneyText;
}

/** Whose bank account the money came into: 0 is none named. */
export interface TopUpSource {
  readonly reference: string;
  readonly accountId: number;
}

/** Locks the channel. Refuses postpaid channels, and a reference that stands for another amount. */
export async function topUpChannel(
  database: Database,
  code: string,
  amount: Money,
  reference: string,
  actor: Actor,
): Promise<Outcome<TopUp>> {
  return database.transaction((tx) => topUpIn(tx, code, amount, { reference, accountId: 0 }, actor));
}

/** The same in the caller's transaction. */
export async function topUpIn(
  tx: Tx,
  code: string,
  amount: Money,
  source: TopUpSource,
  actor: Actor,
): Promise<Outcome<TopUp>> {
  const { reference } = source;
  const channelId = await lockChannel(tx, code);
  const fault = await topUpFault(tx, code, amount, reference);
  if (channelId === undefined || fault !== undefined)
    return { ok: false, reason: fault ?? `there is no channel ${code}` };
  const known = (await findTopUp(tx, channelId, reference)) !== undefined;
  const available = await addToFloat(tx, channelId, amount.currency, known ? 0n : amount.minor);
  if (!known) await book(tx, channelId, code, amount, source, actor);
  return {
    ok: true,
    value: { known, available: toText({ minor: available, currency: amount.currency }) },
  };
}

/** Why it cannot be done; undefined: it can, or was done before under this reference. Locks nothing. */
export async function topUpFault(
  tx: Tx,
  code: string,
  amount: Money,
  reference: string,
): Promise<string | undefined> {
  if (amount.minor <= 0n) return 'a top-up is more than zero';
  if (!REFERENCE.test(reference)) return 'a reference is 1 to 64 of A-Z a-z 0-9 . _ : -';
  const channelId = await findChannelId(tx, code);
  if (channelId === undefined) return `there is no channel ${code}`;
  const { settings } = await channelSettings(tx, channelId);
  if (settings.funding !== 'prefunded') return `channel ${code} is postpaid: it has no float to top up`;
  const earlier = await findTopUp(tx, channelId, reference);
  if (
    earlier === undefined ||
    (earlier.currency === amount.currency && earlier.amount_minor === amount.minor)
  )
    return undefined;
  const was = `${formatMinor(earlier.amount_minor, earlier.currency)} ${earlier.currency}`;
  return `the reference ${reference} stands for a top-up of ${was}`;
}

async function book(
  tx: Tx,
  channelId: number,
  code: string,
  { minor, currency }: Money,
  { reference, accountId }: TopUpSource,
  actor: Actor,
): Promise<void> {
  const now = await timeOfBooks(tx);
  const recordedAt = now.toISOString();
  const journalId = newId(now.getTime(), OPERATOR);
  const head = {
    billerId: OPERATOR,
    journalId,
    kind: 'top-up',
    paymentId: null,
    businessDate: recordedAt.slice(0, 10),
    recordedAt,
  } as const;
  const entries = new Entries();
  entries.add(head, [
    { account: accountOf('bank', accountId, currency), amountMinor: minor },
    { account: accountOf('channel/float', channelId, currency), amountMinor: -minor },
  ]);
  await recordEntries(tx, entries, LANE);
  await insertTopUp(tx, channelId, reference, { currency, amount_minor: minor, journal_id: journalId }, now);
  const after = { reference, amount: toText({ minor, currency }) };
  await recordAudit(tx, actor, { action: 'channel.top-up', subject: `channel/${code}`, after });
}
