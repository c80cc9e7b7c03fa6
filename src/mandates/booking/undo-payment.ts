// What becomes of a payment of a debit whose money its bank has taken back. It is undone like every other; where something has become of
// it before, persons have decided (kind `debit-return`): one that a dispute left to the operator to bear stands, for the bank's
// taking it back is how its channel gives the payer what the operator has let it keep; of one that its agency rejected the
// money is the agency's again before it is undone; what a dispute gave to the payer as credit is taken out, by a journal of
// the open day: Dr payer/credit, Cr channel/receivable.

import { refuse, Refused } from '../../kernel/errors.ts';
import { newId, type Uuid } from '../../kernel/ids.ts';
import { accountOf, Entries, recordEntries } from '../../ledger/index.ts';
import { heldOn, lockOpenDay, returnRejected, takeCredit } from '../../payments/credit/index.ts';
import { undoByDecision } from '../../payments/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Debit } from '../debits/index.ts';
import type { LotTools } from './book-lot.ts';
import { refundedTo, type PaidBy } from './store-return.ts';

/** Something has become of what the debit paid that only persons decide about. */
export class PersonsDecide extends Error {}

export interface Taken {
  /** Its end-to-end id, which the reversal is named by, and the bank's code. */
  readonly reference: string;
  readonly reason: string;
  /** By which persons have decided; undefined: they have not. */
  readonly approvalId: Uuid | undefined;
}

/** The bills and the debit are locked. Locks as `undoByDecision`, credit before it. Throws Refused `not-reversible`, and `PersonsDecide`. */
export async function undoPayment(
  tx: Tx,
  tools: LotTools,
  debit: Debit,
  { paymentId, standing }: PaidBy,
  { approvalId, ...named }: Taken,
): Promise<void> {
  if (standing !== null && approvalId === undefined)
    throw new PersonsDecide(`what the debit paid is ${standing}`);
  const { billerId } = debit;
  if (standing === 'absorbed') return;
  if (standing === 'refunded') return takeRefund(tx, tools, debit, paymentId);
  if (standing === 'rejected' && approvalId !== undefined)
    await returnRejected(tx, tools.lane, { billerId, paymentId, approvalId, reason: named.reason });
  const withRejected = standing === 'rejected';
  await undoByDecision(tx, tools, { paymentId, ...named, withRejected }).catch(passOverUndone);
}

/** Its payment is undone already, by the dispute. */
async function takeRefund(
  tx: Tx,
  { lane }: Pick<LotTools, 'lane'>,
  { billerId, channelId, currency }: Debit,
  paymentId: Uuid,
): Promise<void> {
  const lines = await refundedTo(tx, billerId, paymentId);
  const { businessDate, now } = await lockOpenDay(tx, billerId);
  const taken = lines.map((line) => ({ ...line, billerId, currency }));
  if (!(await takeCredit(tx, taken))) throw new Refused(refuse('not-reversible', { reason: 'credit-used' }));
  const entries = new Entries();
  entries.add(
    {
      billerId,
      journalId: newId(now.getTime(), billerId),
      kind: 'debit-return',
      paymentId,
      businessDate,
      recordedAt: now.toISOString(),
    },
    [
      ...lines.map(({ payerId, amountMinor }) => ({ account: heldOn(payerId, currency), amountMinor })),
      {
        account: accountOf('channel/receivable', channelId, currency),
        amountMinor: -lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      },
    ],
  );
  await recordEntries(tx, entries, lane);
}

/** Somebody has undone it before: its bills are open, its money is given back. */
function passOverUndone(error: unknown): void {
  if (!isRefusedFor(error, 'reversed-already')) throw error;
}

/** Whether persons are to be asked: the payer has used what the debit left him, or something else has become of it. */
export function isForPersons(error: unknown): boolean {
  return error instanceof PersonsDecide || isRefusedFor(error, 'credit-used');
}

function isRefusedFor(error: unknown, reason: string): boolean {
  return (
    error instanceof Refused &&
    error.refusal.code === 'not-reversible' &&
    error.refusal.facts?.['reason'] === reason
  );
}
