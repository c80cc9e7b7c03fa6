// Calls banks for debits that were built for their API: from the commit that claims them no transaction is open until the
// bank has answered. Killed in between, the same call is made again when the lease is over; the bank carries out a debit once.

import { businessNow } from '../../approvals/index.ts';
import { moveDebits, NO_OWN_ACCOUNT, type Debit } from '../debits/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Log } from '../../platform/log.ts';
import type { CallParts } from './call-mandates.ts';
import { debitCallId, debitCalls } from './debit-call-of.ts';
import type { BankLink } from './link.ts';
import { noteSaid } from './note-said.ts';
import { pauseMs, WRONG_PAUSE_MS } from './pauses.ts';
import { readDebitSaid, type DebitSaid } from './read-answer.ts';
import { claimCalls, forgetCalls, overtaken, putOffCall, type ClaimedCall } from './store-calls.ts';

/** Longer than any call lasts. */
export const CALL_LEASE_MS = 60_000;

/** Until nothing is left whose turn it is, or the bank is down. */
export async function callDebits(parts: CallParts, link: BankLink): Promise<void> {
  const { database, lines, signal } = parts;
  while (signal?.aborted !== true) {
    const limit = lines.roomFor(link);
    if (limit === 0) return;
    const { seen, claimed, bodies } = await database.transaction((tx) => claim(tx, parts, link, limit));
    const came = await Promise.all(
      claimed.map((each) => callDebit(parts, link, each, bodies.get(each.debit.debitId) ?? {})),
    );
    if (seen < limit || came.includes('down')) return;
  }
}

/** Who was never called for and has been overtaken is built anew, or not at all. */
async function claim(
  tx: Tx,
  parts: CallParts,
  { channelId, code }: BankLink,
  limit: number,
): Promise<{ seen: number; claimed: ClaimedCall[]; bodies: Map<string, object> }> {
  const all = await claimCalls(tx, { channelId, limit, leaseMs: CALL_LEASE_MS });
  const at = await businessNow(tx);
  const first = all.filter(({ tries }) => tries === 1).map(({ debit }) => debit);
  const back = await overtaken(tx, first);
  const isBack = ({ debit }: { debit: Debit }): boolean => back.has(debit.debitId);
  const returning = all.filter(isBack).map(({ debit }) => debit);
  for (const debit of returning) await moveDebits(tx, [{ debit, to: 'planned' }], { actor: 'worker', at });
  await forgetCalls(tx, returning);
  const claimed = all.filter((each) => !isBack(each));
  const debits = claimed.map(({ debit }) => debit);
  const bodies = await debitCalls(tx, parts, debits, at);
  const nowhere = debits.filter(({ debitId }) => !bodies.has(debitId));
  for (const debit of nowhere) await putOffCall(tx, debit, { pauseMs: WRONG_PAUSE_MS, isUntried: true });
  if (nowhere.length > 0)
    parts.log.warn({ channel: code, debits: nowhere.map(debitCallId) }, `${NO_OWN_ACCOUNT}; debits wait`);
  return { seen: all.length, claimed: claimed.filter(({ debit }) => bodies.has(debit.debitId)), bodies };
}

/** What the bank said, noted; `down` or `wrong`: nothing, it is called again. Within `mostMs`. */
export async function callDebit(
  { database, lines, log }: Pick<CallParts, 'database' | 'lines'> & { readonly log: Pick<Log, 'error'> },
  link: BankLink,
  { debit, tries }: ClaimedCall,
  body: object,
  mostMs?: number,
): Promise<DebitSaid['outcome'] | 'down' | 'wrong'> {
  const id = debitCallId(debit);
  const node = database.nodeOf(debit.billerId);
  const called = await lines.call(link, { path: '/debits', id, body }, mostMs);
  if (called.kind === 'not-called') {
    await node.transaction((tx) => putOffCall(tx, debit, { pauseMs: called.waitMs, isUntried: true }));
    return 'down';
  }
  if (called.kind === 'down') {
    await node.transaction((tx) => putOffCall(tx, debit, { pauseMs: pauseMs(tries) }));
    return 'down';
  }
  const said = called.kind === 'answered' ? readDebitSaid(called.body, id) : called.detail;
  if (typeof said === 'string') {
    lines.wrong(link, id, said);
    await node.transaction((tx) => putOffCall(tx, debit, { pauseMs: WRONG_PAUSE_MS }));
    return 'wrong';
  }
  const noted = await node.transaction((tx) => noteSaid(tx, debit, said, link.code));
  if (noted === 'conflict')
    log.error(
      { debit: id, channel: link.code, outcome: said.outcome },
      'a bank contradicts what is known of a debit',
    );
  return said.outcome;
}
