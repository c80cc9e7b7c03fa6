// Tells banks that are called of mandates that have ended here: cancelled by the agency or the payer, or rejected by the agency
// when the bank had said yes. No transaction is open while a bank is called; it may hear the same twice.

import { shownMandate } from '../mandates/index.ts';
import type { CallParts } from './call-mandates.ts';
import type { BankLink } from './link.ts';
import { pauseMs, WRONG_PAUSE_MS } from './pauses.ts';
import { readEndingSaid } from './read-answer.ts';
import { claimEndings, noteTold, putOffEnding, type Ending } from './store-ending.ts';

const AT_ONCE = 16;
/** Longer than any call lasts. */
const LEASE_MS = 60_000;

/** Until nothing is left that can be told now, or the bank is down. */
export async function callEndings(parts: Omit<CallParts, 'masterKey'>, link: BankLink): Promise<void> {
  const { database, signal } = parts;
  const { channelId } = link;
  while (signal?.aborted !== true) {
    const claimed = await database.transaction((tx) =>
      claimEndings(tx, { channelId, limit: AT_ONCE, leaseMs: LEASE_MS }),
    );
    const went = await Promise.all(claimed.map((ending) => call(parts, link, ending)));
    if (claimed.length < AT_ONCE || went.includes(false)) return;
  }
}

/** False: the bank is down. */
async function call(
  { database, lines }: Pick<CallParts, 'database' | 'lines'>,
  link: BankLink,
  of: Ending,
): Promise<boolean> {
  const mandateId = shownMandate(of);
  const id = `${mandateId}-cancellation`;
  const later = (ms: number, failure: string, isUntried = false): Promise<void> =>
    database.transaction((tx) => putOffEnding(tx, of, { pauseMs: ms, failure, isUntried }));
  const body = {
    mandateId,
    mandateBankReference: of.bankReference,
    state: of.state,
    reason: of.reason,
    endedAt: of.endedAt.toISOString(),
  };
  const called = await lines.call(link, { path: `/mandates/${mandateId}/cancellation`, id, body });
  if (called.kind === 'not-called' || called.kind === 'down') {
    if (called.kind === 'down') await later(pauseMs(of.tries), called.detail);
    else await later(called.waitMs, 'the bank does not answer', true);
    return false;
  }
  const fault = called.kind === 'answered' ? readEndingSaid(called.body) : called.detail;
  if (fault === undefined) {
    await database.transaction((tx) => noteTold(tx, of));
    return true;
  }
  lines.wrong(link, id, fault);
  await later(WRONG_PAUSE_MS, fault);
  return true;
}
