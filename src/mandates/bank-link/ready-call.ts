// A debit that somebody waits for: claimed for its first call within the transaction that builds it, so that no worker calls
// for it meanwhile. If whoever waits is killed, a worker calls when the lease is over.

import type { Tx } from '../../platform/db/index.ts';
import { lockDebits, type DebitRef } from '../debits/index.ts';
import { CALL_LEASE_MS } from './call-debits.ts';
import { debitCalls } from './debit-call-of.ts';
import type { BankLink } from './link.ts';
import type { AskTools } from './mandate-request-of.ts';
import { claimOne, putOffCall, type ClaimedCall } from './store-calls.ts';
import { findBankLink } from './store-link.ts';

export interface ReadyCall {
  readonly link: BankLink;
  readonly claimed: ClaimedCall;
  readonly body: object;
}

/** undefined: the bank is not called. */
export async function apiLink(tx: Tx, channelId: number): Promise<BankLink | undefined> {
  const link = await findBankLink(tx, channelId);
  return link?.way === 'api' ? link : undefined;
}

/** The debit was built by this transaction. undefined: the agency has no account to collect to; the worker looks again. */
export async function readyCall(
  tx: Tx,
  tools: AskTools,
  link: BankLink,
  ref: DebitRef,
  at: Date,
): Promise<ReadyCall | undefined> {
  await claimOne(tx, ref, CALL_LEASE_MS);
  const [debit] = await lockDebits(tx, [ref]);
  const body = debit && (await debitCalls(tx, tools, [debit], at)).get(debit.debitId);
  if (debit === undefined) throw new Error('the debit is not there');
  if (body === undefined) {
    await putOffCall(tx, debit, { pauseMs: 0, isUntried: true });
    return undefined;
  }
  return { link, claimed: { debit, tries: 1 }, body };
}
