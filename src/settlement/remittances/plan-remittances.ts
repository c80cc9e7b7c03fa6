// Plans the transfers of a batch, in the transaction that writes it: one per account, each with what keeps it from going
// yet, and asks persons where they have to decide. Its money is under way from here on, whether held or not.

import { askApproval } from '../../approvals/index.ts';
import { addWorkingDays, bankDate, remittanceDates } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { newId, showId, type Uuid } from '../../kernel/ids.ts';
import { formatMinor } from '../../kernel/money.ts';
import type { Entries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Batch, Remittance, Split } from '../batch.ts';
import { book } from './book.ts';
import { endToEndId } from './end-to-end-id.ts';
import { holdOf } from './hold.ts';
import { splitNet, type Part } from './split-net.ts';
import { isCollected } from './store-funding.ts';
import { timesAsked } from './store-held.ts';
import { insertRemittances, insertSteps, type Step } from './store-remittance.ts';
import { readTerms, type Terms } from './store-terms.ts';

export const REMITTANCE = 'remittance';

/**
 * The journals (kind `close`, in the batch's own business date) go to `entries`, which the caller records in the same
 * transaction. Call it once, when the batch's row has been inserted by this transaction; `batch.recordedAt` is now.
 */
export async function planRemittances(
  tx: Tx,
  batch: Batch,
  splits: readonly Split[],
  entries: Entries,
): Promise<Remittance[]> {
  const { billerId, businessDate, currency } = batch;
  const terms = await readTerms(tx, billerId);
  const parts = splitNet(batch.remittedMinor, splits, terms.parents, new Set(terms.destinations.keys()));
  if (parts.length === 0) return [];
  const isFunded =
    terms.funding === 'guaranteed' || (await isCollected(tx, billerId, currency, businessDate));
  const remittances: Remittance[] = [];
  const steps: Step[] = [];
  for (const part of parts) {
    const planned = await asked(tx, terms, batch, plan(batch, part, terms, isFunded));
    const at = batch.recordedAt;
    const journalId = book(entries, planned, {
      kind: 'close',
      businessDate,
      at,
      debit: 'biller/payable',
      credit: 'biller/in-transit',
    });
    const { remittanceId, state, held } = planned;
    steps.push({ billerId, remittanceId, state: 'planned', reason: held, journalId, at });
    if (state === 'approved')
      steps.push({ billerId, remittanceId, state, reason: null, journalId: null, at });
    remittances.push(planned);
  }
  await insertRemittances(tx, remittances);
  await insertSteps(tx, steps);
  return remittances;
}

function plan(batch: Batch, { unit, amountMinor }: Part, terms: Terms, isFunded: boolean): Remittance {
  const { billerId, settlementId, currency, recordedAt } = batch;
  const destination = terms.destinations.get(unit);
  const held = holdOf({
    hasAccount: destination !== undefined,
    needsApproval: amountMinor > terms.approveAboveMinor,
    isApproved: false,
    isFunded,
  });
  return {
    billerId,
    remittanceId: newId(recordedAt.getTime(), billerId),
    settlementId,
    unit,
    accountVersion: destination?.version ?? 0,
    attempt: 0,
    paysFrom: destination?.paysFrom ?? null,
    currency,
    amountMinor,
    state: held === null ? 'approved' : 'planned',
    held,
    ...datesOf(terms, unit, batch.businessDate, recordedAt),
    endToEndId: endToEndId(settlementId, unit, 0),
    reason: null,
    approvalId: null,
    fileId: null,
    plannedAt: recordedAt,
    sentAt: null,
    confirmedAt: null,
    endedAt: null,
  };
}

/** When it goes, by the calendars of this moment; without an account there is no bank to ask. */
export function datesOf(
  terms: Terms,
  unit: string,
  businessDate: BusinessDate,
  now: Date,
): Pick<Remittance, 'valueDate' | 'late' | 'executeOn'> {
  const bank = terms.destinations.get(unit)?.bank;
  if (bank === undefined)
    return { valueDate: addWorkingDays(businessDate, terms.days, terms.week), late: false, executeOn: null };
  return remittanceDates({
    businessDate,
    days: terms.days,
    biller: terms.week,
    bank: bank.calendar,
    leadDays: bank.leadDays,
    today: bankDate(now, bank.calendar),
  });
}

/**
 * The same with the request before persons, where they have to decide. Each asking is a request of its own, so call it
 * once for each time that it comes to wait for them; the remittance is new, or locked by this transaction.
 */
export async function asked(
  tx: Tx,
  terms: Terms,
  { businessDate }: { readonly businessDate: BusinessDate },
  remittance: Remittance,
  askedBy: Uuid | null = null,
): Promise<Remittance> {
  if (remittance.held !== 'approval') return remittance;
  const { billerId, unit, attempt, valueDate, endToEndId: reference, currency, amountMinor } = remittance;
  const remittanceId = showId('rmt', remittance.remittanceId);
  const subject = `remittance/${remittanceId}`;
  const nth = 1 + (await timesAsked(tx, billerId, REMITTANCE, subject));
  const of = unit === '' ? terms.code : `${terms.code}, ${unit}`;
  const next = attempt === 0 ? '' : `, attempt ${attempt + 1}`;
  const { approvalId } = await askApproval(tx, {
    billerId,
    kind: REMITTANCE,
    reference: nth === 1 ? remittanceId : `${remittanceId}-${nth}`,
    subject,
    summary: `${formatMinor(amountMinor, currency)} ${currency} to ${of} for ${businessDate}${next}`,
    // People count attempts from 1, here as in every answer.
    content: { remittanceId, businessDate, unit, attempt: attempt + 1, valueDate, endToEndId: reference },
    amount: { minor: amountMinor, currency },
    askedBy,
  });
  return { ...remittance, approvalId };
}
